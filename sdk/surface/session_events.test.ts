import { describe, expect, it } from "vitest";
import type { SessionState } from "#protocol/messages";
import { eventsBetween } from "./session_events.ts";

const zoe = { id: "a1", name: "Zoë", color: "#000000", connected: true };
const max = { id: "a2", name: "Max", color: "#000000", connected: true };

function session(phase: SessionState["phase"], fields: Partial<SessionState> = {}): SessionState {
  return { id: "s1", phase, agents: [zoe], control: null, asking: null, permissions: {}, tabs: [], ...fields };
}

const asked = session("asking", { asking: { kind: "view", agent: "a1", agent_name: "Zoë" } });

describe("the page's events", () => {
  it("S3 a request, a start, an end", () => {
    expect(eventsBetween(null, asked, false)).toEqual([["sessionRequest", "Zoë"]]);
    expect(eventsBetween(asked, asked, false)).toEqual([]);
    expect(eventsBetween(asked, session("live"), false)).toEqual([
      ["sessionStart"],
      ["newObserver", "a1", { name: "Zoë" }],
      ["observersCount", 1],
    ]);
    expect(eventsBetween(session("live"), session("ended", { end_reason: "agent_stopped" }), false)).toEqual([
      ["observerGone", "a1"],
      ["observersCount", 0],
      ["sessionEnd", "agent_stopped"],
    ]);
  });

  it("S3 a session that was there before the page continues", () => {
    expect(eventsBetween(null, session("live"), true)[0]).toEqual(["sessionContinue"]);
    expect(eventsBetween(session("live"), session("live"), true)).toEqual([]);
  });

  it("S3 a refused request neither starts nor ends", () => {
    expect(eventsBetween(asked, session("ended", { end_reason: "rejected" }), false)).toEqual([]);
  });

  it("S3 observers come and go, a pause is no end", () => {
    const both = session("live", { agents: [zoe, max] });
    expect(eventsBetween(session("live"), both, false)).toEqual([
      ["newObserver", "a2", { name: "Max" }],
      ["observersCount", 2],
    ]);
    const without = session("paused", { agents: [{ ...zoe, connected: false }, max] });
    expect(eventsBetween(both, without, false)).toEqual([
      ["observerGone", "a1"],
      ["observersCount", 1],
    ]);
  });

  it("S3 a session that was gone at the reconnect has ended", () => {
    expect(eventsBetween(session("live"), null, true).at(-1)).toEqual(["sessionEnd", null]);
  });
});
