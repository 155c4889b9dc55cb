import { beforeEach, describe, expect, it } from "vitest";
import { ADVICE, type AgentWelcome, type RefusalCode, type SessionState } from "#protocol/messages";
import { STRINGS } from "./languages/en.ts";
import { speechOf } from "./speech.ts";
import { createState, mayWish, receive, type State, takeSession, toast } from "./state.ts";
import { refusedForGood, refusedNow } from "./words.ts";

const agents = [
  { id: "me", name: "Zoë", color: "#000000", connected: true },
  { id: "other", name: "Grace", color: "#ffffff", connected: true },
];
const session: SessionState = {
  id: "s1",
  phase: "live",
  agents,
  control: null,
  asking: null,
  permissions: {},
  tabs: [{ id: "t1", url: "https://a.example/", title: "A", active: true }],
};
const speech = speechOf("en", "en-GB", STRINGS);
const never = () => false;
let state: State;

beforeEach(() => {
  state = createState(true, 0, speech);
  state.link.value = "open";
  state.welcome.value = { me: "me", visitor: { name: "Ada" }, branding: {} } as AgentWelcome;
  takeSession(state, session, 0);
});

describe("the state", () => {
  it("X1 takes the session whole and keeps the phase before", () => {
    receive(state, { type: "session_changed", session: { ...session, phase: "paused" } }, 50, never);
    expect([state.session.value?.phase, state.before.value, state.sinceMs.value]).toEqual(["paused", "live", 50]);
  });

  it("K3 takes keys, and nothing else, for 10 s while the connection is cut", () => {
    state.hasPicture.value = true;
    const [key, click] = [{ kind: "type_text", text: "a" } as const, { kind: "click", node: 1, fx: 0, fy: 0 } as const];
    const allowed = (nowMs: number) => [mayWish(state, key, nowMs), mayWish(state, click, nowMs)];
    expect(allowed(0)).toEqual([true, true]);
    state.link.value = "reconnecting";
    state.goneMs.value = 1000;
    expect([allowed(10_999), allowed(11_000)].flat()).toEqual([true, false, false, false]);
    state.link.value = "open";
    takeSession(state, { ...session, phase: "paused" }, 12_000);
    expect(allowed(12_000)).toEqual([false, false]);
  });

  it("S9 counts an announced absence down on its own clock", () => {
    const absence = { title: null, message: null, returns_in_s: 30 };
    takeSession(state, { ...session, phase: "paused", absence }, 1000);
    expect(state.backMs.value).toBe(31_000);
    takeSession(state, session, 2000);
    expect(state.backMs.value).toBeNull();
  });

  it("S2 takes what the page tells of the visitor", () => {
    const visitor = { short_id: "ADA", name: "Ada B.", unique_id: null, agent_prompt: "Has a parcel" };
    receive(state, { type: "visitor_changed", visitor }, 1, never);
    expect([state.visitor.value, state.welcome.value?.visitor.agent_prompt]).toEqual(["Ada B.", "Has a parcel"]);
  });

  it("A1 keeps the last page's address when its tab is gone", () => {
    takeSession(state, { ...session, phase: "paused", tabs: [] }, 1);
    expect(state.page.value).toEqual({ url: "https://a.example/", title: "A" });
  });

  it("X3 knows whether this agent controls, and who else does", () => {
    takeSession(state, { ...session, control: "other" }, 1);
    expect([state.controls.value, state.holder.value?.name]).toEqual([false, "Grace"]);
    takeSession(state, { ...session, control: "me" }, 1);
    expect([state.controls.value, state.holder.value]).toEqual([true, null]);
  });

  it("X3 says who is in control when a request is refused", () => {
    state.controlWanted.value = true;
    takeSession(state, { ...session, control: "other" }, 1);
    receive(state, { type: "control_refused", code: "control_busy", message: "" }, 1, never);
    expect(state.controlWanted.value).toBe(false);
    expect(state.toasts.value[0]?.words).toMatch(/^Grace is in control/);
  });

  it("X4 shows why a wish was refused, but stays quiet about mere pointing", () => {
    receive(state, { type: "wish_refused", id: 3, code: "visitor_active", message: "" }, 1, never);
    expect(state.hint.value).toBeNull();
    receive(state, { type: "wish_refused", id: 3, code: "visitor_active", message: "" }, 1, (id) => id === 3);
    expect(state.hint.value?.words).toBe("Ada is using the page");
  });

  it("A2 offers control only when something may be done with it", () => {
    expect(state.mayControl.value).toBe(true);
    const permissions = { allow_click: false, allow_scroll: false, allow_type: false };
    takeSession(state, { ...session, permissions }, 1);
    expect(state.mayControl.value).toBe(false);
  });

  it("shows the same line once, and three at most", () => {
    for (const words of ["a", "b", "a", "c", "d"]) toast(state, words);
    expect(state.toasts.value.map((one) => one.words)).toEqual(["a", "c", "d"]);
    expect(new Set(state.toasts.value.map((one) => one.id)).size).toBe(3);
  });
});

describe("refusals", () => {
  it.each(Object.keys(ADVICE) as RefusalCode[])("W6 has words of a person for %s", (code) => {
    expect(refusedNow(speech.say, code, "Ada", null)).not.toContain("_");
    expect(refusedForGood(speech.say, code).title).not.toContain("_");
  });
});
