import { describe, expect, it } from "vitest";
import {
  BadFacts,
  DICTIONARY_MAX_LENGTH,
  DICTIONARY_MAX_SIZE,
  FACTS_VERSION,
  FactReader,
  FactWriter,
  Op,
} from "./facts.ts";

describe("facts", () => {
  it("F5 a string is sent once and then by its index, over all batches of the epoch", () => {
    const writer = new FactWriter();
    writer.slots.push(Op.Attribute, 1);
    writer.str("class");
    writer.str("wide");
    const first = writer.take();
    writer.slots.push(Op.Attribute, 2);
    writer.str("class");
    writer.strOrNull(null);
    const second = writer.take();
    expect(second).toEqual([FACTS_VERSION, Op.Attribute, 2, 0, null]);

    const reader = new FactReader();
    reader.open(first);
    expect([reader.num(), reader.num(), reader.str(), reader.strOrNull()]).toEqual([Op.Attribute, 1, "class", "wide"]);
    reader.open(second);
    expect([reader.num(), reader.num(), reader.str(), reader.strOrNull()]).toEqual([Op.Attribute, 2, "class", null]);
    expect(reader.done).toBe(true);
  });

  it("F5 long strings are left out of the dictionary on both sides", () => {
    const long = "x".repeat(DICTIONARY_MAX_LENGTH + 1);
    const writer = new FactWriter();
    for (const text of [long, "short", long, "short"]) writer.str(text);
    const slots = writer.take();
    expect(slots).toEqual([FACTS_VERSION, long, "short", long, 0]);
    const reader = new FactReader();
    reader.open(slots);
    expect([1, 2, 3, 4].map(() => reader.str())).toEqual([long, "short", long, "short"]);
  });

  it("F5 what changes often is told by index or whole, and never fills the dictionary", () => {
    const writer = new FactWriter();
    writer.str("open");
    for (const value of ["open", "new", "new", null]) writer.refOrNull(value);
    writer.str("last");
    writer.str("last");
    const slots = writer.take();
    expect(slots.slice(2)).toEqual([0, "new", "new", null, "last", 1]);
    const reader = new FactReader();
    reader.open(slots);
    reader.str();
    expect([1, 2, 3, 4].map(() => reader.refOrNull())).toEqual(["open", "new", "new", null]);
    expect([reader.str(), reader.str()]).toEqual(["last", "last"]);
  });

  it("F5 a full dictionary takes no more, on both sides", () => {
    const writer = new FactWriter();
    for (let i = 0; i <= DICTIONARY_MAX_SIZE; i++) writer.str(`s${i}`);
    const reader = new FactReader();
    reader.open(writer.take());
    while (!reader.done) reader.str();
    for (const value of [`s${DICTIONARY_MAX_SIZE}`, "s7"]) writer.str(value);
    const slots = writer.take();
    expect(slots.slice(1)).toEqual([`s${DICTIONARY_MAX_SIZE}`, 7]);
    reader.open(slots);
    expect([reader.str(), reader.str()]).toEqual([`s${DICTIONARY_MAX_SIZE}`, "s7"]);
  });

  it("F1 what is not facts is an error of the player", () => {
    const reader = new FactReader();
    expect(() => reader.open([99])).toThrow(BadFacts);
    reader.open([FACTS_VERSION, "text", 5]);
    expect(() => reader.num()).toThrow(BadFacts);
    expect(() => reader.str()).toThrow(BadFacts);
    expect(() => reader.text()).toThrow(BadFacts);
    expect(() => reader.num()).toThrow(BadFacts);
  });

  it("F1 an empty batch is known as such", () => {
    const writer = new FactWriter();
    expect(writer.empty).toBe(true);
    writer.slots.push(Op.Hover, 1);
    expect(writer.empty).toBe(false);
    writer.take();
    expect(writer.empty).toBe(true);
  });
});
