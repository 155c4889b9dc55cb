/** Marks every part of the page that is hidden from agents, as it is told now (SPEC M6). */
import type { StartKind } from "../capture/context.ts";
import { make } from "../consent/build.ts";
import { boxIn } from "../control/place.ts";
import { Level } from "../mask/decision.ts";

export interface Veil {
  readonly layer: HTMLElement;
  /** Learns in an epoch what is hidden. */
  readonly kind: StartKind;
  stop(): void;
}

export interface VeilOptions {
  /** On each mark that has room for it. */
  word: string;
  /** So many parts are hidden. */
  onCount(count: number): void;
}

/** More marks than these would cost the page too much; the rest is counted only. */
const SHOWN_MAX = 500;
const ROOM_FOR_WORD_PX = { width: 60, height: 16 };

export function createVeil(page: Window, { word, onCount }: VeilOptions): Veil {
  const view = page as Window & typeof globalThis;
  const layer = make(page.document, "div", "veil");
  layer.setAttribute("aria-hidden", "true");
  const marks = new Map<Element, HTMLElement>();
  /** Scrolled or clipped away within the page. */
  const away = new Set<Element>();
  const observer = new view.IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) away.delete(target);
      else away.add(target);
    }
  });
  let request = 0;

  function place(): void {
    const boxes = [...marks].map(([element, mark]) => {
      const box = element.isConnected && !away.has(element) ? boxIn(page, element) : null;
      return { mark, box: box && box.width > 0 && box.height > 0 ? box : null };
    });
    for (const { mark, box } of boxes) {
      mark.hidden = !box;
      if (!box) continue;
      mark.style.transform = `translate(${box.left}px, ${box.top}px)`;
      mark.style.width = `${box.width}px`;
      mark.style.height = `${box.height}px`;
      mark.classList.toggle("small", box.width < ROOM_FOR_WORD_PX.width || box.height < ROOM_FOR_WORD_PX.height);
    }
    request = marks.size > 0 ? view.requestAnimationFrame(place) : 0;
  }

  function keep(hidden: readonly Element[]): void {
    const shown = new Set(hidden.slice(0, SHOWN_MAX));
    for (const [element, mark] of marks) {
      if (shown.has(element)) continue;
      mark.remove();
      marks.delete(element);
      away.delete(element);
      observer.unobserve(element);
    }
    for (const element of shown) {
      if (marks.has(element)) continue;
      const mark = make(page.document, "div", "veiled", word);
      marks.set(element, mark);
      layer.append(mark);
      observer.observe(element);
    }
    onCount(hidden.length);
    request ||= view.requestAnimationFrame(place);
  }

  const kind: StartKind = (context) => {
    const { tree, numbers } = context;
    context.onBatch(() => {
      const hidden: Element[] = [];
      for (const [node, level] of tree.levels) {
        if ((level === Level.Field || level === Level.Box) && numbers.has(node)) hidden.push(node as Element);
      }
      keep(hidden.filter((element) => element.getClientRects().length > 0));
    });
    context.soon();
    return () => keep([]);
  };

  return {
    layer,
    kind,
    stop() {
      view.cancelAnimationFrame(request);
      observer.disconnect();
      layer.remove();
    },
  };
}
