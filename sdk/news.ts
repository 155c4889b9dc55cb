/** What the server must know of a page: as messages, whose fields a hello has too. */
import type { FromVisitor } from "#protocol/messages";
import { asMessage } from "./identity.ts";
import { readPage } from "./page.ts";
import { ceilingOf, type Settings } from "./settings.ts";

/** What the page allows, where it is, and who its visitor is if that was told. */
export function newsOf(page: Window, settings: Settings, told: Parameters<typeof asMessage>[0]): FromVisitor[] {
  const identity = asMessage(told);
  return [
    { type: "limits_changed", ceiling: ceilingOf(settings) },
    { type: "page_changed", page: readPage(page, settings) },
    ...(identity ? [{ type: "identified", identity } as const] : []),
  ];
}

/** To compare by. */
export const texts = (messages: FromVisitor[]): string[] => messages.map((message) => JSON.stringify(message));
