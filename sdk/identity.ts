/** Who the visitor is, as the page says (S4). `undefined` leaves a value, `null` clears it. */
import type { Identity } from "#protocol/messages";
import { clip } from "./clip.ts";

const LIMIT_CHARACTERS = 500;
const LIMIT_PROMPT_CHARACTERS = 8000;
const LIMIT_LIST = 50;
/** Leaves room for the rest of a hello within a control message's 16 kB (W5). */
export const LIMIT_IDENTITY_CHARACTERS = 7000;

/** All values the page ever told, `null` for those it cleared: a field that is absent was never told. */
export type Told = Omit<Identity, "set_fields">;
type Scalar = string | number | boolean | null;

const text = (value: unknown): string => clip(String(value), LIMIT_CHARACTERS);
const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).slice(0, LIMIT_LIST).map(text);

function integrations(value: unknown, before: unknown): string[] {
  const kept = new Set<string>(Array.isArray(before) ? (before as string[]) : []);
  for (const entry of list(value)) {
    // `system:` clears the system, and stays in the list because the server has to hear it too.
    if (entry.endsWith(":")) for (const old of kept) if (old.startsWith(entry)) kept.delete(old);
    kept.add(entry);
  }
  return [...kept].slice(-LIMIT_LIST);
}

function metadata(value: unknown, before: unknown): Record<string, Scalar> {
  if (typeof value !== "object") throw new TypeError("metadata is an object");
  const merged = { ...(before as Record<string, Scalar> | null | undefined) };
  for (const [name, entry] of Object.entries(value as object)) {
    if (entry === undefined) continue;
    merged[text(name)] = entry === null || typeof entry === "boolean" || Number.isFinite(entry) ? entry : text(entry);
  }
  return Object.fromEntries(Object.entries(merged).slice(-LIMIT_LIST));
}

const FIELDS: readonly [given: string, told: keyof Told, read: (value: unknown, before: unknown) => unknown][] = [
  ["uniqueId", "unique_id", text],
  ["identities", "identities", list],
  ["tags", "tags", list],
  ["integrationIds", "integration_ids", integrations],
  ["metadata", "metadata", metadata],
  ["callName", "call_name", text],
  ["agentPrompt", "agent_prompt", (value) => clip(String(value), LIMIT_PROMPT_CHARACTERS)],
];

/** Return what is told once `given` (arguments of `updateConnection`) is too. Throws TypeError and RangeError. */
export function update(told: Told, given: Readonly<Record<string, unknown>>): Told {
  const next: Record<string, unknown> = { ...told };
  for (const [name, field, read] of FIELDS) {
    const value = given[name];
    if (value !== undefined) next[field] = value === null ? null : read(value, next[field]);
  }
  if (JSON.stringify(next).length > LIMIT_IDENTITY_CHARACTERS) {
    throw new RangeError(`identity is limited to ${LIMIT_IDENTITY_CHARACTERS} characters`);
  }
  return next as Told;
}

/** The message for the server, or null when nothing was ever told. */
export function asMessage(told: Told): Identity | null {
  const fields = Object.keys(told);
  return fields.length > 0 ? { ...told, set_fields: fields } : null;
}
