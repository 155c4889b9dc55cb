import { describe, expect, it } from "vitest";
import { BadFacts, DICTIONARY_MAX_LENGTH, FACTS_VERSION, FactReader, FactWriter, Op } from "./facts.ts";

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
