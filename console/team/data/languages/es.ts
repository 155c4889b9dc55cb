/** Spanish: the page of what is kept. */
import { counting } from "../../counted.ts";
import type { DataWords } from "../words.ts";

const count = counting("es");

export const DATA: DataWords = {
  title: "Datos guardados",
  lead: "Lo que guarda este servidor, de quién, por qué y cuánto tiempo. Hecho de lo que el programa declara de sus tablas.",
  forever: "Los visitantes permanecen hasta que se borran a mano.",
  retained: (many) =>
    count(many, {
      one: "Los visitantes no vistos en # día se borran con todo lo suyo.",
      other: "Los visitantes no vistos en # días se borran con todo lo suyo.",
    }),
  why: "Por qué",
  howLong: "Cuánto tiempo",
  column: "Columna",
  what: "Qué es",
  whose: "De quién",
  columns: (many) => count(many, { one: "# columna", other: "# columnas" }),
};
