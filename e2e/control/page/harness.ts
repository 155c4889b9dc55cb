/** Puts the SDK's control on a test page and lets the test name nodes by selectors, through frames and shadow roots. */
import type { Wish } from "#protocol/messages";
import { startControl } from "../../../sdk/control/control.ts";
import type { Config, NodeNumbers } from "../../../sdk/ports.ts";
import { DEFAULTS } from "../../../sdk/settings.ts";

const CONFIG: Config = { ...DEFAULTS, noRemoteElements: ["[data-hands-off]", "not a ( selector"] };

const closedRoots = new Map<Element, ShadowRoot>();
const attachShadow = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const root = attachShadow.call(this, init);
  closedRoots.set(this, root);
  return root;
};

const numbers = new Map<Node, number>();
const nodes = new Map<number, Node>();

function numberOf(node: Node): number {
  const known = numbers.get(node);
  if (known !== undefined) return known;
  const id = numbers.size;
  numbers.set(node, id);
  nodes.set(id, node);
  return id;
}

const nodeNumbers: NodeNumbers = {
  idOf: (node) => numbers.get(node),
  nodeOf: (id) => nodes.get(id),
  isMasked: (node) => !!(node instanceof Element ? node : node.parentElement)?.closest(".no-upscope, [type=password]"),
};

/** `#frame >> #host >> input`: each step enters the frame or shadow root of the one before. */
function find(path: string): Node {
  let scope: ParentNode = document;
  let found: Element | null = null;
  for (const step of path.split(" >> ")) {
    if (found) {
      scope = closedRoots.get(found) ?? found.shadowRoot ?? (found as HTMLIFrameElement).contentDocument ?? scope;
    }
    if (step === "document") return scope;
    found = scope.querySelector(step);
  }
  if (!found) throw new Error(`nothing matches ${path}`);
  return found;
}

function start(overrides: Partial<Config> = {}) {
  numberOf(document);
  const control = startControl(window, {
    config: { ...CONFIG, ...overrides },
    nodes: nodeNumbers,
    isOurs: (node) => node instanceof Element && !!node.closest("#ours"),
  });
  return {
    find,
    number: (path: string) => numberOf(find(path)),
    wish: (wish: Wish, hasControl = true) => control.carryOut(wish, { id: "a1", hasControl }),
    stop: () => control.stop(),
  };
}

declare global {
  interface Window {
    twin: ReturnType<typeof start>;
    startTwin: typeof start;
    log: string[];
  }
}
window.startTwin = start;
window.twin = start();
