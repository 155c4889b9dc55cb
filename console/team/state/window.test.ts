import { describe, expect, it } from "vitest";
import { ListWindow, windowFor } from "./window.ts";

interface Row {
  id: string;
  page: string;
}
const row = (id: string, page = "/") => ({ id, page });
const fresh = () => new ListWindow<Row>((one) => one.id);

describe("a list of which the server keeps a window", () => {
  it("knows nothing until the first answer", () => {
    const list = fresh();
    expect(list.total.value).toBeNull();
    expect(list.at(0)).toBeNull();
  });

  it("finds rows by their place in the whole list", () => {
    const list = fresh();
    list.take({ first: 40, total: 100, order: ["a", "b"], rows: [row("a"), row("b")] });
    expect(list.at(41)?.value.id).toBe("b");
    expect(list.indexOf("a")).toBe(40);
    expect(list.at(0)).toBeNull();
    expect(list.indexOf("z")).toBe(-1);
  });

  it("changes a row in place without telling the list", () => {
    const list = fresh();
    list.take({ first: 0, total: 2, order: ["a", "b"], rows: [row("a"), row("b")] });
    const [a, version] = [list.at(0), list.version.value];
    list.take({ first: 0, total: 2, order: ["a", "b"], rows: [row("a", "/cart")] });
    expect(a?.value.page).toBe("/cart");
    expect(list.at(0)).toBe(a);
    expect(list.version.value).toBe(version);
  });

  it("keeps rows that moved, forgets those that left, tells the list", () => {
    const list = fresh();
    list.take({ first: 0, total: 3, order: ["a", "b", "c"], rows: [row("a"), row("b"), row("c")] });
    const [b, version] = [list.at(1), list.version.value];
    list.take({ first: 0, total: 3, order: ["d", "b", "a"], rows: [row("d")] });
    expect(list.at(1)).toBe(b);
    expect([0, 1, 2].map((at) => list.at(at)?.value.id)).toEqual(["d", "b", "a"]);
    expect(list.indexOf("c")).toBe(-1);
    expect(list.version.value).toBe(version + 1);
  });

  it("draws a row that comes after its place was told", () => {
    const list = fresh();
    list.take({ first: 0, total: 1, order: ["a"], rows: [] });
    expect(list.at(0)).toBeNull();
    const version = list.version.value;
    list.take({ first: 0, total: 1, order: ["a"], rows: [row("a")] });
    expect(list.at(0)?.value.id).toBe("a");
    expect(list.version.value).toBe(version + 1);
  });
});

describe("the window that is asked for", () => {
  it("stays while what is in sight is well within", () => {
    const now = { first: 100, count: 100 };
    expect(windowFor(120, 150, now)).toBe(now);
    expect(windowFor(0, 20, { first: 0, count: 80 })).toEqual({ first: 0, count: 80 });
  });

  it("moves when its edge comes near, and reaches beyond what is in sight on both sides", () => {
    expect(windowFor(300, 320, { first: 0, count: 80 })).toEqual({ first: 260, count: 100 });
    expect(windowFor(50, 75, { first: 0, count: 80 })).toEqual({ first: 10, count: 105 });
  });

  it("never asks for more rows than the server gives", () => {
    expect(windowFor(0, 900, null)).toEqual({ first: 0, count: 200 });
  });
});
