/** Ask the server by the console's table of routes; every refusal becomes a Problem with a code and a sentence. */
import { CONSOLE_API, type ConsoleRoutes } from "#protocol/console";
import { WORDS } from "../words.ts";

/** Codes after which the same request may go well. */
const PASSING = new Set(["unreachable", "rate_limited", "internal_error", "unavailable"]);

export type RouteName = keyof ConsoleRoutes;
type Given<Name extends RouteName> = {
  /** Fills the `{…}` of the path, in order. */
  at?: readonly (string | number)[];
  body?: ConsoleRoutes[Name]["body"];
  query?: ConsoleRoutes[Name]["query"];
};

/** Why something was not done. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly words: string,
    /** What is wrong with each field, by its name. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(words);
  }

  get canRetry(): boolean {
    return PASSING.has(this.code);
  }

  /** Read whatever was thrown. */
  static of(reason: unknown): Problem {
    return reason instanceof Problem ? reason : new Problem("unreachable", WORDS.problems["unreachable"] ?? "");
  }
}

export type Api = <Name extends RouteName>(name: Name, given?: Given<Name>) => Promise<ConsoleRoutes[Name]["answer"]>;

interface Refusal {
  error?: string;
  message?: string;
  fields?: Record<string, string>;
}

/** `onLoggedOut` is called when the server knows no log-in of this browser any more. */
export function createApi(ask: typeof fetch, onLoggedOut: () => void): Api {
  return async (name, { at = [], body, query } = {}) => {
    const [method = "", path = ""] = name.split(" ");
    const init: RequestInit = { method, credentials: "same-origin", cache: "no-store" };
    if (body) {
      init.headers = { "Content-Type": "application/json" };
      init.body = JSON.stringify(body);
    }
    const answer = await ask(`${CONSOLE_API}${filled(path, at)}${textOf(query ?? {})}`, init);
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    const problem = problemOf(told, answer.status);
    if (problem.code === "not_logged_in") onLoggedOut();
    throw problem;
  };
}

function filled(path: string, at: readonly (string | number)[]): string {
  const parts = [...at];
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(String(parts.shift())));
}

function problemOf(told: Refusal, status: number): Problem {
  const code = told.error ?? (status >= 500 ? "internal_error" : "unknown");
  const words = WORDS.problems[code] ?? told.message ?? WORDS.notDone;
  return new Problem(code, words, told.fields);
}

function textOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
