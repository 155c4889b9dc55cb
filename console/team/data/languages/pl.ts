/** Polish: the page of what is kept. */
import { counting } from "../../counted.ts";
import type { DataWords } from "../words.ts";

const count = counting("pl");

export const DATA: DataWords = {
  title: "Przechowywane dane",
  lead: "Co ten serwer przechowuje, o kim, dlaczego i jak długo. Na podstawie tego, co program deklaruje o swoich tabelach.",
  forever: "Odwiedzający pozostają, dopóki nie zostaną usunięci ręcznie.",
  retained: (many) =>
    count(many, {
      one: "Odwiedzający niewidziani od # dnia są usuwani ze wszystkim, co ich dotyczy.",
      few: "Odwiedzający niewidziani od # dni są usuwani ze wszystkim, co ich dotyczy.",
      many: "Odwiedzający niewidziani od # dni są usuwani ze wszystkim, co ich dotyczy.",
      other: "Odwiedzający niewidziani od # dnia są usuwani ze wszystkim, co ich dotyczy.",
    }),
  why: "Dlaczego",
  howLong: "Jak długo",
  column: "Kolumna",
  what: "Co to jest",
  whose: "Czyje",
  columns: (many) => count(many, { one: "# kolumna", few: "# kolumny", many: "# kolumn", other: "# kolumny" }),
};
