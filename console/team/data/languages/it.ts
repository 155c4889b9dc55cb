/** Italian: the page of what is kept. */
import { counting } from "../../counted.ts";
import type { DataWords } from "../words.ts";

const count = counting("it");

export const DATA: DataWords = {
  title: "Dati conservati",
  lead: "Che cosa conserva questo server, di chi, perché e quanto a lungo. Ricavato da ciò che il programma dichiara delle sue tabelle.",
  forever: "I visitatori restano finché non si cancellano a mano.",
  retained: (many) =>
    count(many, {
      one: "I visitatori non visti da # giorno sono cancellati con tutto ciò che li riguarda.",
      other: "I visitatori non visti da # giorni sono cancellati con tutto ciò che li riguarda.",
    }),
  why: "Perché",
  howLong: "Quanto a lungo",
  column: "Colonna",
  what: "Che cos'è",
  whose: "Di chi",
  columns: (many) => count(many, { one: "# colonna", other: "# colonne" }),
};
