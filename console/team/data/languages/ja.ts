/** Japanese: the page of what is kept. */
import { counting } from "../../counted.ts";
import type { DataWords } from "../words.ts";

const count = counting("ja");

export const DATA: DataWords = {
  title: "保存データ",
  lead: "このサーバーが、誰の何を、なぜ、どれだけの間保存するか。プログラムが表について宣言したものから作られています。",
  forever: "訪問者は手作業で消去するまで残ります。",
  retained: (many) => count(many, { other: "# 日間見られなかった訪問者は、関係するすべてとともに消去されます。" }),
  why: "理由",
  howLong: "期間",
  column: "列",
  what: "内容",
  whose: "誰の",
  columns: (many) => count(many, { other: "# 列" }),
};
