/** Portuguese: the page of what is kept. */
import { counting } from "../../counted.ts";
import type { DataWords } from "../words.ts";

const count = counting("pt");

export const DATA: DataWords = {
  title: "Dados guardados",
  lead: "O que este servidor guarda, de quem, porquê e por quanto tempo. Feito do que o programa declara das suas tabelas.",
  forever: "Os visitantes ficam até serem apagados à mão.",
  retained: (many) =>
    count(many, {
      one: "Os visitantes não vistos há # dia são apagados com tudo sobre eles.",
      other: "Os visitantes não vistos há # dias são apagados com tudo sobre eles.",
    }),
  why: "Porquê",
  howLong: "Por quanto tempo",
  column: "Coluna",
  what: "O que é",
  whose: "De quem",
  columns: (many) => count(many, { one: "# coluna", other: "# colunas" }),
};
