/** German: the page of what is kept. */
import { counting } from "../../counted.ts";
import type { DataWords } from "../words.ts";

const count = counting("de");

export const DATA: DataWords = {
  title: "Gespeicherte Daten",
  lead: "Was dieser Server speichert, von wem, warum und wie lange. Gemacht aus dem, was das Programm zu seinen Tabellen erklärt.",
  forever: "Besucher bleiben, bis sie von Hand gelöscht werden.",
  retained: (many) =>
    count(many, {
      one: "Besucher, die # Tag nicht gesehen wurden, werden mit allem über sie gelöscht.",
      other: "Besucher, die # Tage nicht gesehen wurden, werden mit allem über sie gelöscht.",
    }),
  why: "Warum",
  howLong: "Wie lange",
  column: "Spalte",
  what: "Was es ist",
  whose: "Wessen",
  columns: (many) => count(many, { one: "# Spalte", other: "# Spalten" }),
};
