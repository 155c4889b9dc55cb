/** Frames of another site: what the SDK in them tells, or a plain word that they cannot be shown (SPEC F23). */
import { BadFacts, Op, type Slot } from "#protocol/facts";
import { isFrame } from "../nodes/numbers.ts";
import type { PlayerOptions } from "../ports.ts";
import { beginDocument } from "../stage/stage.ts";
import type { Attributes } from "./attributes.ts";
import type { Kinds, Mirror } from "./mirror.ts";

/** What runs in one frame; its numbers count from `base`. */
export interface Inner {
  readonly base: number;
  idOf(node: Node): number | undefined;
  nodeOf(id: number): Node | undefined;
  apply(slots: readonly Slot[]): void;
}

export type StartInner = (frame: HTMLIFrameElement, options: PlayerOptions, base: number) => Inner;

export interface Foreign {
  readonly kinds: Kinds;
  /** The number of a node within one of the frames. */
  idOf(node: Node): number | undefined;
  nodeOf(id: number): Node | undefined;
}

/** Why a frame is not shown, as the page tells it. */
const NOT_SHOWN = "frame_of_another_site";
const LOOK =
  "position:fixed;inset:0;display:grid;place-content:center;overflow:hidden;padding:8px;text-align:center;color:#5b6468;" +
  "font:500 13px/1.4 system-ui,sans-serif;background:repeating-linear-gradient(135deg,#eef0f1 0 6px,#e8ebec 6px 12px)";

export function startForeign(mirror: Mirror, attributes: Attributes, start: StartInner): Foreign {
  const inners = new Map<HTMLIFrameElement, Inner>();

  function hostOf(frame: Element): string {
    const url = attributes.urlOf(frame);
    return url ? new URL(url).hostname : "";
  }

  function placeholder(frame: HTMLIFrameElement): void {
    const document = frame.contentDocument;
    if (!document || inners.has(frame)) return;
    beginDocument(document, false);
    const words = document.createElement("body");
    words.style.cssText = LOOK;
    words.textContent = ["From another site, not shown", hostOf(frame)].filter(Boolean).join(": ");
    const html = document.createElement("html");
    html.append(words);
    document.append(html);
  }

  /** Its pointer is in its own viewport. */
  function optionsFor(frame: HTMLIFrameElement): PlayerOptions {
    const { onVisitorPointer, ...options } = mirror.options;
    const own: PlayerOptions = { ...options };
    delete own.onPage;
    delete own.onMarks;
    if (!onVisitorPointer) return own;
    const moved: NonNullable<PlayerOptions["onVisitorPointer"]> = (at) => {
      const box = frame.getBoundingClientRect();
      onVisitorPointer(at && { ...at, x: at.x + box.left + frame.clientLeft, y: at.y + box.top + frame.clientTop });
    };
    return { ...own, onVisitorPointer: moved };
  }

  function innerOf(frame: HTMLIFrameElement, base: number): Inner {
    const known = inners.get(frame);
    if (known?.base === base) return known;
    for (const gone of inners.keys()) if (!gone.isConnected) inners.delete(gone);
    const inner = start(frame, optionsFor(frame), base);
    inners.set(frame, inner);
    return inner;
  }

  return {
    idOf(node) {
      for (const inner of inners.values()) {
        const id = inner.idOf(node);
        if (id !== undefined) return inner.base + id;
      }
      return undefined;
    },
    nodeOf(id) {
      let found: Inner | undefined;
      for (const inner of inners.values()) if (id >= inner.base && (!found || inner.base > found.base)) found = inner;
      return found?.nodeOf(id - found.base);
    },
    kinds: {
      [Op.Unfaithful]: (facts) => {
        const [id, reason] = [facts.num(), facts.text()];
        const node = mirror.nodes.nodeOf(id);
        if (reason === NOT_SHOWN && node && isFrame(node)) placeholder(node);
      },
      [Op.Embedded]: (facts) => {
        const [frame, base, batch] = [mirror.nodes.element(facts.num()), facts.num(), facts.text()];
        if (!isFrame(frame)) throw new BadFacts("facts of a frame that is none");
        const slots: unknown = JSON.parse(batch);
        if (!Array.isArray(slots)) throw new BadFacts("a batch is an array");
        innerOf(frame, base).apply(slots as Slot[]);
      },
    },
  };
}
