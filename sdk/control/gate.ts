/**
 * The one place in the page where a wish is judged (X4, M4, M5). `judge` decides from plain facts; `startGate` gathers
 * them: what the node is in, what the page allows, and whether the visitor is busy themselves.
 */
import type { Permissions, RefusalCode, Wish } from "#protocol/messages";
import type { ControlOptions, Wisher } from "../ports.ts";
import { frameDocument, isElement, outwards, type View, viewOf } from "./tree.ts";

/** After the visitor's own input agents wait this long (X4). */
const VISITOR_FIRST_MS = 800;

type Right = keyof Permissions;

const RIGHT_FOR: Record<Wish["kind"], Right | null> = {
  point: null,
  click: "allow_click",
  select_options: "allow_click",
  focus: "allow_click",
  scroll_to: "allow_scroll",
  press_key: "allow_type",
  type_text: "allow_type",
  set_value: "allow_type",
  draw: "allow_draw",
  clear_drawings: "allow_draw",
  travel: "allow_agent_redirect",
  open_url: "allow_agent_redirect",
  read_console: "allow_console",
};

export interface Circumstances {
  wish: Pick<Wish, "kind"> & { laser?: boolean };
  hasControl: boolean;
  controlIsFree: boolean;
  may(right: Right): boolean;
  visitorActive: boolean;
  /** What may not be done with the node; null when it may be touched. */
  barred: RefusalCode | null;
}

/** Decide about a wish; null lets it pass. To point, to draw and to read the console touch nothing: that needs no control. */
export function judge(asked: Circumstances): RefusalCode | null {
  const { wish, hasControl, barred, visitorActive } = asked;
  const right = wish.laser ? "allow_draw" : RIGHT_FOR[wish.kind];
  if (right && !asked.may(right)) return "not_allowed";
  if (right === null || right === "allow_draw" || right === "allow_console")
    return barred === "unknown_node" ? barred : null;
  if (!hasControl && !(right === "allow_agent_redirect" && asked.controlIsFree)) return "no_control";
  return barred ?? (visitorActive ? "visitor_active" : null);
}

export interface Gate {
  /** `node` is the one that the wish is about; null: about none. */
  ask(wish: Wish, node: Node | null | undefined, wisher: Wisher): RefusalCode | null;
  /** Why a node may not be touched, or null; for what a wish leads to beyond the node it names. */
  barred(node: Node): RefusalCode | null;
  visitorActive(): boolean;
  /** Run our own doing, whose trusted events are not the visitor's. */
  doing<T>(work: () => T): T;
  stop(): void;
}

const VISITOR_EVENTS = ["pointerdown", "pointermove", "keydown", "input", "wheel"];

function usableSelectors(page: Window, selectors: readonly string[]): string {
  const scratch = page.document.createDocumentFragment();
  return selectors
    .filter((selector) => {
      try {
        scratch.querySelector(selector);
        return true;
      } catch {
        return false;
      }
    })
    .join(",");
}

export function startGate(page: Window, { config, nodes, isOurs }: ControlOptions): Gate {
  const ceiling: Permissions = {
    allow_click: config.allowRemoteClick,
    allow_scroll: config.allowRemoteScroll,
    allow_type: config.allowRemoteType,
    allow_agent_redirect: config.allowAgentRedirect,
    allow_console: config.allowRemoteConsole,
  };
  const noRemote = usableSelectors(page, [".no-upscope-remote", ...config.noRemoteElements]);
  // By document: a frame keeps its window object when it goes to another page, but not the listeners.
  const watched = new Map<Document, () => void>();
  let lastInputMs = Number.NEGATIVE_INFINITY;
  let isDoing = false;

  function noticeVisitor(event: Event): void {
    if (!event.isTrusted || isDoing) return;
    if (event.type === "pointermove" && !(event as PointerEvent).buttons) return;
    lastInputMs = page.performance.now();
  }

  function watchFrame(frame: Element): void {
    const view = frameDocument(frame)?.defaultView;
    if (view) watch(view);
  }

  function watch(view: Window): void {
    const document = view.document;
    if (watched.has(document)) return;
    // A frame's events do not reach the window around it; `load` is the moment when it has its document.
    const onLoad = (event: Event) => isElement(event.target as Node) && watchFrame(event.target as Element);
    for (const type of VISITOR_EVENTS) view.addEventListener(type, noticeVisitor, { capture: true, passive: true });
    document.addEventListener("load", onLoad, true);
    watched.set(document, () => {
      for (const type of VISITOR_EVENTS) view.removeEventListener(type, noticeVisitor, true);
      document.removeEventListener("load", onLoad, true);
    });
    view.addEventListener("pagehide", () => watched.delete(document), { once: true });
    for (const frame of document.querySelectorAll("iframe")) watchFrame(frame);
  }

  function barred(node: Node): RefusalCode | null {
    if (!node.isConnected) return "unknown_node";
    const view: View | null = viewOf(node);
    if (view) watch(view);
    let code: RefusalCode | null = nodes.isMasked(node) ? "masked" : null;
    for (const at of outwards(node)) {
      if (!isElement(at)) continue;
      if (isOurs(at)) return "no_remote";
      if (frameDocument(at) && nodes.isMasked(at)) code = "masked";
      code ??= at.matches(noRemote) ? "no_remote" : null;
    }
    return code;
  }

  const visitorActive = () => page.performance.now() - lastInputMs < VISITOR_FIRST_MS;

  watch(page);
  return {
    barred,
    visitorActive,
    ask(wish, node, { agent, hasControl, controlIsFree }) {
      return judge({
        wish,
        hasControl,
        controlIsFree,
        may: (right) => ceiling[right] !== false && !!agent && agent.permissions?.[right] !== false,
        visitorActive: visitorActive(),
        barred: node === null ? null : node ? barred(node) : "unknown_node",
      });
    },
    doing(work) {
      const wasDoing = isDoing;
      isDoing = true;
      try {
        return work();
      } finally {
        isDoing = wasDoing;
      }
    },
    stop() {
      for (const unwatch of watched.values()) unwatch();
      watched.clear();
    },
  };
}
