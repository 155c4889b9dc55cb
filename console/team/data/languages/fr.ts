/** French: the page of what is kept. */
import { counting } from "../../counted.ts";
import type { DataWords } from "../words.ts";

const count = counting("fr");

export const DATA: DataWords = {
  title: "Données conservées",
  lead: "Ce que ce serveur conserve, sur qui, pourquoi et combien de temps. Tiré de ce que le programme déclare de ses tables.",
  forever: "Les visiteurs restent jusqu'à ce qu'on les efface à la main.",
  retained: (many) =>
    count(many, {
      one: "Les visiteurs non vus depuis # jour sont effacés avec tout ce qui les concerne.",
      other: "Les visiteurs non vus depuis # jours sont effacés avec tout ce qui les concerne.",
    }),
  why: "Pourquoi",
  howLong: "Combien de temps",
  column: "Colonne",
  what: "Ce que c'est",
  whose: "De qui",
  columns: (many) => count(many, { one: "# colonne", other: "# colonnes" }),
};
