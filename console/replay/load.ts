/** Gets a recording from the server: first what it is, then its frames as they come. */
import { BadEnvelope } from "#protocol/envelope";
import { BadRecord, type Recorded, RecordReader } from "./records.ts";

/** `GET /replay/recording` */
export interface Recording {
  readonly session_id: string;
  readonly short_id: string;
  readonly visitor_name: string | null;
  readonly agents: readonly { readonly name: string }[];
  /** ISO 8601 */
  readonly started_at: string;
  readonly length_ms: number;
  readonly byte_count: number;
  /** false: it stopped when it had reached its size. */
  readonly is_whole: boolean;
  /** The session still runs. */
  readonly is_live: boolean;
  /** Path prefix of the asset door. */
  readonly assets: string;
}

/** Why a recording cannot be shown: the link, the recording, the way to the server, its data, something else. */
export type ProblemKind = "badLink" | "gone" | "notFound" | "unreachable" | "unreadable" | "wentWrong";

export class LoadProblem extends Error {
  readonly kind: ProblemKind;

  /** `code` is for an administrator. */
  constructor(kind: ProblemKind, code: string) {
    super(code);
    this.kind = kind;
  }
}

const KIND_OF_STATUS: Readonly<Record<number, ProblemKind>> = { 401: "badLink", 404: "notFound", 410: "gone" };

/** The token of a replay link: the part after `#`. Throws LoadProblem when it is none. */
export function tokenOf(hash: string): string {
  const token = hash.replace(/^#/, "");
  if (!/^[\w.~-]{1,500}$/.test(token)) throw new LoadProblem("badLink", "no_token");
  return token;
}

/** Rejects with LoadProblem. */
export async function fetchRecording(token: string): Promise<Recording> {
  const answer = await ask("recording", token);
  const { recording } = (await answer.json().catch(() => ({}))) as { recording?: Recording };
  if (!recording) throw new LoadProblem("wentWrong", "bad_answer");
  return recording;
}

/** Tells the frames as they come, and how many bytes there are with them. Rejects with LoadProblem; what came before can be shown. */
export async function fetchFrames(
  token: string,
  onFrames: (frames: readonly Recorded[], bytes: number) => void,
): Promise<void> {
  const { body } = await ask("frames", token);
  const records = new RecordReader();
  const stream = (body as ReadableStream<Uint8Array>).getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await stream.read().catch(unreachable);
    if (done) break;
    bytes += value.length;
    onFrames(readRecords(records, value), bytes);
  }
  // The server was interrupted; what it sent is good.
  if (!records.isBetween) throw new LoadProblem("unreachable", "cut");
}

function readRecords(records: RecordReader, chunk: Uint8Array): Recorded[] {
  try {
    return records.push(chunk);
  } catch (reason) {
    if (!(reason instanceof BadRecord || reason instanceof BadEnvelope)) throw reason;
    throw new LoadProblem("unreadable", reason.message);
  }
}

async function ask(what: "recording" | "frames", token: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`/replay/${what}`, { headers, cache: "no-store" }).catch(unreachable);
  if (answer.ok) return answer;
  const { error } = (await answer.json().catch(() => ({}))) as { error?: unknown };
  const code = typeof error === "string" ? error : String(answer.status);
  throw new LoadProblem(KIND_OF_STATUS[answer.status] ?? "wentWrong", code);
}

function unreachable(reason: unknown): never {
  throw new LoadProblem("unreachable", String(reason));
}
