/** Dutch: the page of what is kept. */
import { counting } from "../../counted.ts";
import type { DataWords } from "../words.ts";

const count = counting("nl");

export const DATA: DataWords = {
  title: "Bewaarde gegevens",
  lead: "Wat deze server bewaart, van wie, waarom en hoe lang. Gemaakt uit wat het programma over zijn tabellen verklaart.",
  forever: "Bezoekers blijven tot ze met de hand worden gewist.",
  retained: (many) =>
    count(many, {
      one: "Bezoekers die # dag niet zijn gezien, worden met alles over hen gewist.",
      other: "Bezoekers die # dagen niet zijn gezien, worden met alles over hen gewist.",
    }),
  why: "Waarom",
  howLong: "Hoe lang",
  column: "Kolom",
  what: "Wat het is",
  whose: "Van wie",
  columns: (many) => count(many, { one: "# kolom", other: "# kolommen" }),
};
