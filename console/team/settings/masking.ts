/** What agents would see of a piece of HTML under a team's masks, as the SDK decides (S7); in outline. */
import type { Draft } from "./fields.ts";

export type Seen =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "hidden"; readonly size: number }
  | { readonly kind: "element"; readonly name: string; readonly children: readonly Seen[] };

/** Masked on every page, whatever is set. */
const ALWAYS =
  ".no-upscope, [data-upscope-mask], input[type=password], [autocomplete^=cc-], [autocomplete~=one-time-code], input[type=hidden]";
const NEVER_TOLD = new Set(["SCRIPT", "NOSCRIPT", "TEMPLATE", "STYLE"]);
/** The parser's document is inert: nothing in it runs or loads. */
const policy = (
  globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createHTML(text: string): string } } }
).trustedTypes?.createPolicy("mask-preview", { createHTML: (text: string) => text });

export function seenByAgents(html: string, draft: Draft): Seen[] {
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const masked = joined(draft.maskedElements, ALWAYS);
  const unmasked = joined(draft.unmaskedElements, "");
  return [...parsed.body.childNodes].flatMap((node) =>
    see(node, masked, draft.maskAll === true ? unmasked : null, false),
  );
}

/** `unmasked` is null unless all is masked; `isOpen` within an unmasked element. */
function see(node: Node, masked: string, unmasked: string | null, isOpen: boolean): Seen[] {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = (node.textContent ?? "").trim().replace(/\s+/g, " ");
    if (text === "") return [];
    return unmasked === null || isOpen ? [{ kind: "text", text }] : [{ kind: "hidden", size: text.length }];
  }
  if (!(node instanceof Element) || NEVER_TOLD.has(node.tagName)) return [];
  const name = nameOf(node);
  const open = isOpen || (unmasked !== null && unmasked !== "" && node.matches(unmasked));
  if (node.matches(masked)) return [{ kind: "element", name, children: [{ kind: "hidden", size: sizeOf(node) }] }];
  const value = node.getAttribute("value") ?? node.getAttribute("placeholder");
  const own: Seen[] = value ? see(document.createTextNode(value), masked, unmasked, open) : [];
  const children = [...node.childNodes].flatMap((child) => see(child, masked, unmasked, open));
  return [{ kind: "element", name, children: [...own, ...children] }];
}

function joined(selectors: unknown, always: string): string {
  const given = ((selectors as string[] | undefined) ?? []).filter((one) => CSS.supports(`selector(${one})`));
  return [...given, always].filter(Boolean).join(", ");
}

function nameOf(element: Element): string {
  const id = element.id ? `#${element.id}` : "";
  return element.tagName.toLowerCase() + id + [...element.classList].map((name) => `.${name}`).join("");
}

function sizeOf(element: Element): number {
  const text = element.getAttribute("value") ?? element.textContent ?? "";
  return Math.min(40, Math.max(6, text.trim().length));
}
