/** Fonts that scripts add: by address, or from bytes, which the page then supplies like any asset (SPEC F12, F16). */
import { Op } from "#protocol/facts";
import { type FontSources, rememberFontSources } from "../font_sources.ts";
import { urlsInCss } from "./assets.ts";
import type { Context } from "./context.ts";
import { type Stop, stopAll, type View } from "./natives.ts";
import { patchAll } from "./patches.ts";

const DESCRIPTORS = [
  ...["style", "weight", "stretch", "unicodeRange", "featureSettings", "display"],
  ...["ascentOverride", "descentOverride", "lineGapOverride"],
] as const;

interface Told {
  readonly number: number;
  readonly document: number;
  /** An address of ours, for a font made from bytes. */
  readonly blob: string | null;
}

/** `inUse` gets the addresses that the page may be asked for because of a font. */
export function startFonts(context: Context, inUse: Set<string>): Stop {
  const { page, numbers, facts, mask } = context;
  const sources: FontSources = context.options.fontSources ?? new WeakMap();
  const told = new Map<FontFace, Told>();
  const dirty = new Set<Document>();
  let count = 0;

  function changed(document: Document): void {
    dirty.add(document);
    context.soon();
  }
  function addressOf(source: string | BufferSource): { blob: string | null; text: string } {
    if (typeof source === "string") return { blob: null, text: source };
    const blob = page.URL.createObjectURL(new page.Blob([source as BlobPart], { type: "font/otf" }));
    inUse.add(blob);
    return { blob, text: `url("${blob}")` };
  }
  function tell(face: FontFace, document: number): void {
    const source = sources.get(face);
    if (source === undefined || told.has(face)) return;
    const { blob, text } = addressOf(source);
    const number = ++count;
    told.set(face, { number, document, blob });
    if (typeof source === "string") rememberAddresses(source);
    facts.slots.push(Op.Font, document, number, mask.own(face.family), mask.css(text), DESCRIPTORS.length);
    for (const name of DESCRIPTORS) {
      facts.str(mask.own(name));
      facts.str(mask.own(face[name] ?? ""));
    }
  }
  function rememberAddresses(source: string): void {
    for (const url of urlsInCss(source)) {
      if (URL.canParse(url, page.document.baseURI)) inUse.add(new URL(url, page.document.baseURI).href);
    }
  }
  function leave(face: FontFace, { number, document, blob }: Told): void {
    told.delete(face);
    if (blob) release(blob);
    if (numbers.nodeOf(document)) facts.slots.push(Op.FontGone, document, number);
  }
  function release(blob: string): void {
    inUse.delete(blob);
    page.URL.revokeObjectURL(blob);
  }
  function tellSet(document: Document): void {
    const id = numbers.idOf(document);
    if (id === undefined || !document.fonts) return;
    for (const [face, known] of told) if (known.document === id && !document.fonts.has(face)) leave(face, known);
    for (const face of document.fonts) tell(face, id);
  }

  function listenIn(view: View, document: Document): Stop[] {
    if (!view.FontFace) return [];
    return [
      // The loader has done it for the page itself.
      view === page && context.options.fontSources ? () => undefined : rememberFontSources(view, sources),
      patchAll(Object.getPrototypeOf(document.fonts), "add delete clear", (self) => {
        if (self === document.fonts) changed(document);
      }),
    ];
  }
  context.onRoot((root, view) => {
    if (root.nodeType !== 9) return () => undefined;
    changed(root as Document);
    const stops = listenIn(view, root as Document);
    return () => stopAll(stops);
  });
  context.onBatch(() => {
    for (const document of dirty) tellSet(document);
    dirty.clear();
  });
  return () => {
    for (const { blob } of told.values()) if (blob) release(blob);
  };
}
