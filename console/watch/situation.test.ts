import { describe, expect, it } from "vitest";
import type { AgentWelcome, SessionState } from "#protocol/messages";
import { STRINGS } from "./languages/en.ts";
import { type Known, tell } from "./situation.ts";
import { speechOf } from "./speech.ts";

const session: SessionState = {
  id: "s1",
  phase: "live",
  agents: [{ id: "me", name: "Zoë", color: "#000000", connected: true }],
  control: null,
  asking: null,
  permissions: {},
  tabs: [{ id: "t1", url: "https://a.example/", title: "A", active: true }],
};
const welcome: AgentWelcome = {
  type: "welcome",
  protocol: 1,
  me: "me",
  resume: "r",
  resumed: false,
  received: 0,
  assets: "/a/",
  visitor: { short_id: "ADA", name: "Ada", unique_id: null },
  branding: {},
  session,
};
const known: Known = {
  hasSeat: true,
  link: "open",
  welcome,
  session,
  before: "waiting",
  sinceMs: 1000,
  backMs: null,
  hasPicture: true,
  refused: null,
  slow: false,
  hindrance: null,
  leaving: "no",
};
const { say } = speechOf("en", "en-GB", STRINGS);
const at = (change: Partial<Known>) => tell({ ...known, ...change }, say);
const phase = (change: Partial<SessionState>) => at({ session: { ...session, ...change } });

describe("the situation in words", () => {
  it.each([
    ["waiting", "Waiting for Ada to open the page", "cancel"],
    ["asking", "Waiting for Ada to allow viewing", "cancel"],
  ] as const)("A1 says in %s whom it waits for, and offers to cancel", (name, title, action) => {
    expect(phase({ phase: name })).toMatchObject({ kind: name, title, action });
  });

  it("A1 covers the room until there is a picture, then shows only the picture", () => {
    expect(at({ hasPicture: false })).toMatchObject({ kind: "connecting", place: "cover" });
    expect(at({})).toMatchObject({ kind: "live", place: "none" });
  });

  it("A1 says when the visitor looks at something else", () => {
    const tabs = [{ id: "t1", url: "", title: "", active: true, visible: false }];
    expect(phase({ tabs })).toMatchObject({ kind: "hidden", place: "note" });
  });

  it("X6 counts down the 60 s that a paused session waits", () => {
    expect(phase({ phase: "paused", away: "tab_closed" })).toMatchObject({ kind: "tab_closed", untilMs: 61_000 });
    expect(phase({ phase: "paused", away: "connection_lost" })).toMatchObject({
      kind: "connection_lost",
      place: "over",
    });
  });

  it("S9 says in the page's own words that and for how long the visitor is away", () => {
    const told = { phase: "paused", away: "tab_closed" } as const;
    const words = { title: "At the bank", message: "Paying", returns_in_s: 90 };
    const gone = { ...session, ...told, absence: words };
    expect(at({ session: gone, backMs: 91_000 })).toMatchObject({
      kind: "announced",
      place: "over",
      title: "At the bank",
      detail: "Paying",
      untilMs: 91_000,
    });
    const silent = { ...gone, absence: { ...words, title: null, message: null } };
    expect(at({ session: silent, backMs: 91_000 })).toMatchObject({ title: "Ada left for a moment" });
  });

  it("A1 tells a drop of the agent's own link from one of the visitor's", () => {
    expect(at({ link: "reconnecting" })).toMatchObject({ kind: "reconnecting", place: "over" });
    expect(at({ link: "connecting", welcome: null, session: null })).toMatchObject({ kind: "opening" });
    expect(at({ link: "connecting", welcome: null, session: null, slow: true }).detail).toMatch(/keeps trying/);
    expect(at({ link: "closed" })).toMatchObject({ kind: "failed", action: "reload" });
  });

  it.each([
    ["visitor_stopped", "Ada ended the session", "ended"],
    ["agent_stopped", "The session was ended on your side", "ended"],
    ["rejected", "Ada did not allow viewing", "refused"],
    ["erased", "Ada's data was erased", "ended"],
    ["error", "The session broke off", "failed"],
    ["timeout", "The session was closed", "timed_out"],
  ] as const)("X1 says why a session ended: %s", (end_reason, title, kind) => {
    const over = { phase: "ended", end_reason } as const;
    expect(at({ session: { ...session, ...over }, before: "live", link: "closed" })).toMatchObject({ title, kind });
  });

  it.each([
    ["waiting", "Ada did not open the page"],
    ["asking", "Ada did not answer"],
    ["paused", "Ada did not come back"],
    ["live", "The session was closed"],
  ] as const)("X6 says which time ran out: that of %s", (before, title) => {
    const over = { phase: "ended", end_reason: "timeout" } as const;
    expect(at({ session: { ...session, ...over }, before }).title).toBe(title);
  });

  it("X1 says that it was you who ended it", () => {
    const over = { phase: "ended", end_reason: "agent_stopped" } as const;
    expect(at({ session: { ...session, ...over }, leaving: "ending" }).title).toBe("You ended the session");
    expect(at({ leaving: "left" }).title).toBe("You left the session");
  });

  it("W6 says what to do about a refusal for good, and gives the code of those it cannot explain", () => {
    expect(at({ refused: { code: "bad_credentials" } }).title).toBe("This link no longer works");
    expect(at({ refused: { code: "unsupported_protocol" } }).action).toBe("reload");
    expect(at({ refused: { code: "internal" } }).detail).toContain("internal");
    expect(at({ refused: { code: "of a later version" } }).title).toBe("Something went wrong");
  });

  it("R15a says that the link has been used when the window has no grant", () => {
    expect(at({ hasSeat: false, welcome: null, session: null })).toMatchObject({ kind: "no_seat", action: "again" });
  });
});
