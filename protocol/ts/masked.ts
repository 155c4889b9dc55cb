/** What a masked field is for, in words of ours: told beside it, so that agents know what is hidden (SPEC M3). */

/** The attribute that tells it. On the stage only the player sets it. */
export const MASKED_KIND = "data-twinpane-masked";

export const MASKED_KINDS = ["password", "card", "security_code", "expiry", "one_time_code", "email", "phone"] as const;
export type MaskedKind = (typeof MASKED_KINDS)[number];

/** Tokens of `autocomplete` that name a kind; what else a page writes there is its own text, and stays. */
const BY_TOKEN: Readonly<Record<string, MaskedKind>> = {
  "current-password": "password",
  "new-password": "password",
  "cc-number": "card",
  "cc-csc": "security_code",
  "cc-exp": "expiry",
  "cc-exp-month": "expiry",
  "cc-exp-year": "expiry",
  "one-time-code": "one_time_code",
  email: "email",
  tel: "phone",
};
const BY_TYPE: Readonly<Record<string, MaskedKind>> = { password: "password", email: "email", tel: "phone" };

/** Return the kind of a masked field by its `autocomplete` and `type`; "" when they do not say. */
export function maskedKindOf(autocomplete: string | null, type: string | null): MaskedKind | "" {
  for (const token of (autocomplete ?? "").toLowerCase().split(/\s+/)) {
    if (Object.hasOwn(BY_TOKEN, token)) return BY_TOKEN[token] as MaskedKind;
  }
  const kind = (type ?? "").toLowerCase();
  return Object.hasOwn(BY_TYPE, kind) ? (BY_TYPE[kind] as MaskedKind) : "";
}
