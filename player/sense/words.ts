/** What the parts of the sense say where nobody gives them words. */
import type { SenseWords } from "../ports.ts";

export const ENGLISH: SenseWords = {
  keys: "Keys go to the visitor's page. Escape stops.",
  value: "Value",
  set: "Set",
  options: "Options",
};
