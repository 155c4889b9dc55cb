/** Takes out of the console's texts what masks withhold on the page (SPEC C3). Pure. */
import type { Config } from "../ports.ts";
import { addressLeaving } from "./address.ts";
import { looksLikeCard } from "./card.ts";

export type SecretRules = Pick<Config, "maskAll" | "maskedParameters">;

const SECRET = "***";
/** Shorter ones are taken out only where they stand alone: else hardly a word would be left. */
const MIN_INSIDE = 4;
/** So many, and no text can be told: to look for more would cost the page too much. */
export const LIMIT_SECRETS = 500;

/** What is named a secret is at most so long where a text was cut in it. */
const LIMIT_NAMED = 200;

const NAMES =
  "passw(?:or)?d|passwort|passphrase|pwd|secret|token|authorization|cookie|api[_-]?key|cvc|cvv|card[_-]?number|iban|otp|ssn|pin";

/** Names of properties and parameters whose values never leave: the usual ones, and those of `maskedParameters`. */
export function secretNames({ maskedParameters }: SecretRules): RegExp {
  return RegExp(`^(?:${namesOf(maskedParameters)})$`, "i");
}

function namesOf(own: readonly string[]): string {
  const any = own.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("\\*", "[^\\s\"'=:]*"));
  return [`[\\w-]*(?:${NAMES})`, ...any].join("|");
}

/** `name: value`, `name=value`, `"name":"value"`, in texts. */
function assignments(rules: SecretRules): RegExp {
  const value = `"(?:[^"\\\\]|\\\\.)*"?|'(?:[^'\\\\]|\\\\.)*'?|(?:(?:Bearer|Basic)\\s+)?[^\\s,;&"'}\\]]+`;
  return RegExp(`((?<![\\w-])\\\\?["']?(?:${namesOf(rules.maskedParameters)})\\\\?["']?\\s*[:=]\\s*)(${value})`, "gi");
}

const CARD = /\d(?:[ .-]?\d){12,18}/g;
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** How a secret may be spelled in a text. */
function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  let address = secret;
  try {
    address = encodeURIComponent(secret);
  } catch {
    // A lone surrogate: no address has it.
  }
  return [...new Set([secret, json, address, address.replaceAll("%20", "+")])];
}

export class Secrets {
  readonly #known = new Set<string>();

  /** Keep a text that masks withhold; white space around it does not count. */
  keep(text: string): void {
    const secret = text.trim();
    if (secret !== "" && this.#known.size <= LIMIT_SECRETS) this.#known.add(secret);
  }

  forget(text: string): void {
    this.#known.delete(text.trim());
  }

  /** A text without any of them and without what rules keep back of addresses; null: none of it may leave. `isCut`: it went on. */
  leaving(text: string, rules: SecretRules, isCut = false): string | null {
    if (rules.maskAll || this.#known.size > LIMIT_SECRETS) return null;
    let told = text;
    const spelled = [...this.#known].flatMap(spellings).sort((one, other) => other.length - one.length);
    for (const secret of spelled) told = without(told, secret);
    told = told.replace(CARD, (digits) => (looksLikeCard(digits) ? SECRET : digits));
    told = told.replace(assignments(rules), (_, name) => name + SECRET);
    told = told.replace(/[^\s"'<>`()]+/g, (run) => addressLeaving(run, rules));
    // The beginning of a secret at the end is not found.
    return isCut ? told.slice(0, Math.max(0, told.length - Math.max(spelled[0]?.length ?? 0, LIMIT_NAMED))) : told;
  }
}

function without(text: string, secret: string): string {
  if (secret.length >= MIN_INSIDE) return text.replaceAll(secret, SECRET);
  if (!text.includes(secret)) return text;
  return text.replace(RegExp(`(?<![\\p{L}\\p{N}])${escaped(secret)}(?![\\p{L}\\p{N}])`, "gu"), SECRET);
}
