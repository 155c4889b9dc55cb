/** What a row shows of a visitor, whether the socket told of them or a search did. */
import type { VisitorRow, VisitorTold } from "#protocol/console";
import { LOCALE } from "../counted.ts";
import { WORDS } from "../words.ts";

export interface Shown {
  readonly id: string;
  readonly name: string;
  /** Short ID and, if the page gave one, its own. */
  readonly ids: string;
  readonly tags: readonly string[];
  readonly title: string;
  readonly address: string;
  readonly place: string;
  readonly device: string;
  /** Came online, or was last seen. */
  readonly at: string;
  readonly isOnline: boolean;
  readonly waits: boolean;
  readonly inSession: boolean;
  readonly agents: readonly string[];
  readonly prompt: string;
}

let regions: Intl.DisplayNames | null = null;

/** Name a country by its two letters in the reader's language. */
export function countryOf(code: string | null): string {
  if (!code) return "";
  regions ??= new Intl.DisplayNames(LOCALE, { type: "region" });
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

export function fromRow(row: VisitorRow): Shown {
  return {
    id: row.short_id,
    name: row.name,
    ids: idsOf(row.short_id, row.unique_id, row.name),
    tags: row.tags,
    title: row.title ?? "",
    address: addressOf(row.url),
    place: listed(row.city, countryOf(row.country)),
    device: deviceOf(row.browser_name, row.device_type),
    at: row.online_since,
    isOnline: true,
    waits: row.waits_for_agent,
    inSession: row.session_id !== null,
    agents: row.agents,
    prompt: row.agent_prompt ?? "",
  };
}

export function fromTold(told: VisitorTold): Shown {
  const name = nameOf(told);
  return {
    id: told.short_id,
    name,
    ids: idsOf(told.short_id, told.unique_id, name),
    tags: told.tags,
    title: told.last_title ?? "",
    address: addressOf(told.last_url),
    place: listed(told.location_city, told.location_country_name ?? countryOf(told.location_country)),
    device: deviceOf(told.browser_name, told.device_type),
    at: told.last_seen_at,
    isOnline: told.is_online,
    waits: told.is_waiting_for_call,
    inSession: told.is_in_session,
    agents: [],
    prompt: "",
  };
}

export const nameOf = (told: VisitorTold): string => told.identities[0] ?? told.call_name ?? told.short_id;

export const addressOf = (url: string | null): string => (url ?? "").replace(/^https?:\/\//, "").replace(/\/$/, "");

export function deviceOf(browser: string | null, type: string | null): string {
  return listed(browser, type === null ? "" : (WORDS.devices[type] ?? type));
}

const idsOf = (shortId: string, uniqueId: string | null, name: string): string =>
  listed(name === shortId ? "" : shortId, uniqueId, " · ");

function listed(one: string | null, other: string | null, between = ", "): string {
  return [one, other].filter(Boolean).join(between);
}
