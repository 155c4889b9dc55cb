import { describe, expect, it } from "vitest";
import { storageOf, takeSeat } from "./seat.ts";

function browser() {
  const kept = new Map<string, string>();
  const addresses: string[] = [];
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return {
    kept,
    addresses,
    open: (text: string | null) => takeSeat({ text, storage, replaceAddress: (path) => addresses.push(path) }),
  };
}

describe("the seat", () => {
  it("R15a takes the one-time token out of the address bar", () => {
    const { open, addresses } = browser();
    expect(open('{"seat":"s1","grant":"g1"}').seat).toEqual({ id: "s1", grant: "g1" });
    expect(addresses).toEqual(["/watch/s/s1"]);
  });

  it("R15a finds the grant again after a reload, which brings only the seat", () => {
    const { open } = browser();
    open('{"seat":"s1","grant":"g1"}');
    expect(open('{"seat":"s1"}').seat).toEqual({ id: "s1", grant: "g1" });
  });

  it("R15a has no seat in a window that never had the grant", () => {
    const { open } = browser();
    expect(open('{"seat":"s1"}').seat).toBeNull();
    expect(open('{"seat":"s1","grant":null,"retry_url":"https://a.example/"}').retryUrl).toBe("https://a.example/");
    expect(open(null).seat).toBeNull();
    expect(open("not json").seat).toBeNull();
  });

  it("keeps what it is asked to remember beside the grant", () => {
    const { open } = browser();
    open('{"seat":"s1","grant":"g1"}').remember({ liveSinceMs: 5, retryUrl: "https://a.example/" });
    const again = open('{"seat":"s1"}');
    expect(again.seat?.grant).toBe("g1");
    expect(again.recall()?.liveSinceMs).toBe(5);
    expect(again.retryUrl).toBe("https://a.example/");
  });

  it("keeps the grants of two seats apart", () => {
    const { open } = browser();
    open('{"seat":"s1","grant":"g1"}');
    open('{"seat":"s2","grant":"g2"}');
    expect(open('{"seat":"s1"}').seat?.grant).toBe("g1");
  });
});

it("a4 a frame that may not keep anything still has its seat until it is loaded again", () => {
  const denied = {
    get sessionStorage(): Storage {
      throw new DOMException("denied", "SecurityError");
    },
  };
  const storage = storageOf(denied);
  const text = JSON.stringify({ seat: "s1", grant: "g1" });
  expect(takeSeat({ text, storage, replaceAddress: () => undefined }).seat).toEqual({ id: "s1", grant: "g1" });
  expect(storage.getItem("twinpane.seat.s1")).toContain("g1");
});
