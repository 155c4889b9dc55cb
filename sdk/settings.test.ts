import { describe, expect, it, vi } from "vitest";
import { ceilingOf, change, DEFAULTS } from "./settings.ts";

describe("the page's settings", () => {
  it("S5 undefined leaves a setting, null brings back its default", () => {
    const complain = vi.fn();
    const changed = change(DEFAULTS, { maskAll: true, disconnectAfterSeconds: 60 }, complain);
    const again = change(changed, { maskAll: undefined, disconnectAfterSeconds: null }, complain);
    expect([again.maskAll, again.disconnectAfterSeconds]).toEqual([true, 900]);
    expect(complain).not.toHaveBeenCalled();
  });

  it("S5 a value of the wrong type is named and changes nothing", () => {
    const complain = vi.fn();
    const given = { autoconnect: "no", maskedElements: [1], onSessionStart: "f", authorizationPromptTitle: 3 };
    expect(change(DEFAULTS, given, complain)).toEqual(DEFAULTS);
    expect(complain).toHaveBeenCalledTimes(4);
  });

  it("S5 a single selector is a list of one", () => {
    expect(change(DEFAULTS, { maskedElements: ".secret" }, vi.fn()).maskedElements).toEqual([".secret"]);
  });

  it("S5 what is not a setting is left to others", () => {
    expect(change(DEFAULTS, { uniqueId: "7", constructor: 1 }, vi.fn())).toEqual(DEFAULTS);
  });

  it("S5 the server is told the page's limits", () => {
    const settings = change(DEFAULTS, { allowRemoteClick: false, requireAuthorizationForSession: false }, vi.fn());
    expect(ceilingOf(settings)).toEqual({
      require_authorization_for_session: false,
      require_control_request: false,
      allow_remote_click: false,
      allow_remote_scroll: true,
      allow_remote_type: true,
      allow_agent_redirect: true,
      allow_remote_console: false,
    });
  });
});
