import { describe, expect, it, vi } from "vitest";
import { ceilingOf, change, DEFAULTS, settle } from "./settings.ts";

describe("the page's settings", () => {
  it("S5 undefined leaves a setting, null brings back its default", () => {
    const complain = vi.fn();
    const changed = change({}, { maskAll: true, disconnectAfterSeconds: 60 }, complain);
    const again = settle({}, change(changed, { maskAll: undefined, disconnectAfterSeconds: null }, complain));
    expect([again.maskAll, again.disconnectAfterSeconds]).toEqual([true, 900]);
    expect(complain).not.toHaveBeenCalled();
  });

  it("S5 a value of the wrong type is named and changes nothing", () => {
    const complain = vi.fn();
    const given = { autoconnect: "no", maskedElements: [1], onSessionStart: "f", authorizationPromptTitle: 3 };
    expect(settle({}, change({}, given, complain))).toEqual(DEFAULTS);
    expect(complain).toHaveBeenCalledTimes(4);
  });

  it("S5 a single selector is a list of one", () => {
    expect(change({}, { maskedElements: ".secret" }, vi.fn())).toEqual({ maskedElements: [".secret"] });
  });

  it("S5 what is not a setting is left to others", () => {
    expect(change({}, { uniqueId: "7", constructor: 1 }, vi.fn())).toEqual({});
  });

  it("S5 the account gives the defaults, the page's own wins", () => {
    const account = { disconnectAfterSeconds: 60, translationsYes: "Ja", autoconnect: false, unmaskedElements: ["a"] };
    const settings = settle(account, { translationsYes: "Aye", unmaskedElements: ["b"] });
    expect([settings.disconnectAfterSeconds, settings.translationsYes, settings.autoconnect]).toEqual([
      60,
      "Aye",
      false,
    ]);
    expect(settings.unmaskedElements).toEqual(["b"]);
  });

  it("S5 masks and zones of account and page add up", () => {
    const account = { maskedElements: [".a"], noRemoteElements: [".c"], maskAll: true };
    const settings = settle(account, { maskedElements: [".b"], maskAll: false });
    expect([settings.maskedElements, settings.noRemoteElements, settings.maskAll]).toEqual([
      [".a", ".b"],
      [".c"],
      true,
    ]);
  });

  it("S5 of permissions and consents the stricter counts, whoever says it", () => {
    const lax = { allowRemoteClick: true, allowRemoteConsole: true, requireAuthorizationForSession: false };
    const strict = { allowRemoteClick: false, allowRemoteConsole: false, requireAuthorizationForSession: true };
    for (const [account, own] of [
      [lax, strict],
      [strict, lax],
    ] as const) {
      expect(settle(account, own)).toMatchObject(strict);
    }
    expect(settle(lax, lax)).toMatchObject(lax);
    expect(settle({}, { requireAuthorizationForSession: false }).requireAuthorizationForSession).toBe(false);
  });

  it("S5 the server is told the page's limits", () => {
    const settings = settle({}, { allowRemoteClick: false, requireAuthorizationForSession: false });
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
