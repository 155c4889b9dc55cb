import { describe, expect, it } from "vitest";
import { asMessage, LIMIT_IDENTITY_CHARACTERS, update } from "./identity.ts";

describe("what a page tells of its visitor", () => {
  it("S4 undefined leaves a value, null clears it", () => {
    const told = update({}, { uniqueId: "7", tags: ["vip"], callName: "Zoë" });
    expect(update(told, { uniqueId: undefined, tags: null })).toEqual({ unique_id: "7", tags: null, call_name: "Zoë" });
  });

  it("S4 integrationIds adds, and `system:` clears that system", () => {
    const told = update({}, { integrationIds: ["zendesk:1", "intercom:2"] });
    expect(update(told, { integrationIds: ["zendesk:3"] }).integration_ids).toEqual([
      "zendesk:1",
      "intercom:2",
      "zendesk:3",
    ]);
    // The server hears of the clearing and of what came after it, in this order.
    const cleared = update(told, { integrationIds: ["zendesk:"] });
    expect(update(cleared, { integrationIds: ["zendesk:9"] }).integration_ids).toEqual([
      "intercom:2",
      "zendesk:",
      "zendesk:9",
    ]);
  });

  it("S4 metadata is added to, name by name", () => {
    const told = update({}, { metadata: { plan: "pro", seats: 3 } });
    expect(update(told, { metadata: { plan: null, trial: true, odd: [1] } }).metadata).toEqual({
      plan: null,
      seats: 3,
      trial: true,
      odd: "1",
    });
  });

  it("S4 the message names what it sets", () => {
    expect(asMessage({})).toBeNull();
    expect(asMessage(update({}, { uniqueId: null, tags: [] }))).toEqual({
      unique_id: null,
      tags: [],
      set_fields: ["unique_id", "tags"],
    });
  });

  it("W5 values are cut to what the server takes, whatever their type", () => {
    const told = update({}, { uniqueId: 42, identities: "Ada", tags: Array(80).fill("x".repeat(600)).slice(0, 8) });
    expect(told.unique_id).toBe("42");
    expect(told.identities).toEqual(["Ada"]);
    expect(told.tags?.[0]).toHaveLength(500);
    expect(update({}, { uniqueId: "a\ud800b" }).unique_id).toBe("a\ufffdb");
    expect(update({}, { identities: Array(60).fill("x") }).identities).toHaveLength(50);
  });

  it("W5 more than a control message holds is refused", () => {
    const tags = Array(50).fill("x".repeat(LIMIT_IDENTITY_CHARACTERS / 20));
    expect(() => update({}, { tags })).toThrow(RangeError);
    expect(() => update({}, { metadata: "text" })).toThrow(TypeError);
  });
});
