import { describe, expect, it } from "vitest";
import { FactReader, FactWriter, FIRST_FORM, NodeKind } from "./facts.ts";
import { FORMS_MAX, type Form, Forms } from "./forms.ts";

function told(writer: FactWriter, tag: string, attributes: Record<string, string>): void {
  writer.element(
    NodeKind.Html,
    tag,
    Object.keys(attributes),
    Object.values(attributes),
    Object.keys(attributes).length,
  );
}

function read(reader: FactReader): [string, string][] {
  return (reader.head() as Form).names.map((name) => [name, reader.str()]);
}

describe("forms", () => {
  it("F5 the form of an element is sent once and then by its number, over all batches of the epoch", () => {
    const writer = new FactWriter();
    told(writer, "a", { class: "x", href: "/1" });
    told(writer, "a", { class: "y" });
    told(writer, "a", { class: "z", href: "/2" });
    const first = writer.take();
    told(writer, "a", { class: "y" });
    const second = writer.take();
    expect(second.slice(1)).toEqual([FIRST_FORM + 1, 5]);

    const reader = new FactReader();
    reader.open(first);
    expect(read(reader)).toEqual([
      ["class", "x"],
      ["href", "/1"],
    ]);
    expect(read(reader)).toEqual([["class", "y"]]);
    expect(read(reader)).toEqual([
      ["class", "z"],
      ["href", "/2"],
    ]);
    reader.open(second);
    expect(read(reader)).toEqual([["class", "y"]]);
    expect(reader.done).toBe(true);
  });

  it("F5 elements of one tag in two namespaces have two forms", () => {
    const forms = new Forms();
    expect(forms.begin(NodeKind.Html, "a")).not.toBe(forms.begin(NodeKind.Svg, "a"));
    expect(forms.begin(NodeKind.Html, "a")).toBe(forms.begin(NodeKind.Html, "a"));
  });

  it("F5 forms beyond the bound are told whole on both sides", () => {
    const writer = new FactWriter();
    for (let i = 0; i <= FORMS_MAX; i++) told(writer, `x-${i}`, {});
    writer.take();
    told(writer, `x-${FORMS_MAX}`, {});
    told(writer, "x-1", {});
    expect(writer.take()[1]).toBe(NodeKind.Html);
  });

  it("F1 a form that was never told is an error of the player", () => {
    const reader = new FactReader();
    reader.open([2, FIRST_FORM]);
    expect(() => reader.head()).toThrow("form");
  });
});
