/** Messages that the page itself words, within what the server takes. */
import type { FromVisitor } from "#protocol/messages";
import { clip, wellFormed } from "./clip.ts";

const LIMIT_CUSTOM_MESSAGE_CHARACTERS = 5000;
const LONGEST_ABSENCE_S = 3600;
const LIMIT_TEXT_CHARACTERS = 500;

/** Throws RangeError when it is too long, or nothing that JSON can hold. */
export function customMessage(message: unknown): FromVisitor {
  const text = JSON.stringify(message, (_, value) => (typeof value === "string" ? wellFormed(value) : value));
  if (!text || text.length > LIMIT_CUSTOM_MESSAGE_CHARACTERS) {
    throw new RangeError(`a message is JSON of up to ${LIMIT_CUSTOM_MESSAGE_CHARACTERS} characters`);
  }
  return { type: "custom_message_sent", message: JSON.parse(text) };
}

/** The page will be away (S9). */
export function absence({ returnTimeSeconds, title, message }: Readonly<Record<string, unknown>>): FromVisitor {
  const words = (given: unknown) => (given == null ? null : clip(String(given), LIMIT_TEXT_CHARACTERS));
  const return_s = Math.min(Math.max(Number(returnTimeSeconds) || 0, 0), LONGEST_ABSENCE_S);
  return { type: "disconnect_expected", return_s, title: words(title), message: words(message) };
}
