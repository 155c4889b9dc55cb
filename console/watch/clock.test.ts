import { describe, expect, it } from "vitest";
import { clock, delayOf } from "./clock.ts";

describe("clock", () => {
  it("shows minutes and seconds, and hours when there are some", () => {
    expect([0, 9_999, 61_000, 3_661_000, -5].map(clock)).toEqual(["0:00", "0:09", "1:01", "1:01:01", "0:00"]);
  });

  it("A1 puts the delay into words", () => {
    expect(delayOf(true, 20).quality).toBe("good");
    expect(delayOf(true, 200).quality).toBe("fair");
    expect(delayOf(true, 900).quality).toBe("slow");
    expect(delayOf(true, null).quality).toBe("connected");
    expect(delayOf(false, 20).quality).toBe("offline");
  });
});
