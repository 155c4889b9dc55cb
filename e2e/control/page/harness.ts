/** Puts the SDK's control on a test page and lets the test name nodes by selectors, through frames and shadow roots. */
import type { Permissions, Wish } from "#protocol/messages";
import { startControl } from "../../../sdk/control/control.ts";
import { startHands } from "../../../sdk/control/hands.ts";
import { startGuide } from "../../../sdk/guide/guide.ts";
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

const TRAVELS: ReadonlySet<Wish["kind"]> = new Set(["travel", "open_url"]);

/** More than a triple click has. */
const STEPS = 10;

/** Resolve when so many tasks of a message channel have passed: what control put into such tasks is done. */
async function tasks(count: number): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
  }
  port1.close();
}

function start(overrides: Partial<Config> = {}) {
  numberOf(document);
  const config = { ...CONFIG, ...overrides };
  const guide = startGuide(window, { config, mount: () => undefined });
  const control = startControl(window, {
    config,
    nodes: nodeNumbers,
    isOurs: (node) => node instanceof Element && !!node.closest("#ours"),
    told: Promise.resolve(),
    fetchHands: async () => startHands,
  });
  return {
    find,
    number: (path: string) => numberOf(find(path)),
    wish: async (wish: Wish, hasControl = true, permissions: Permissions = {}) => {
      const agent = { id: "a1", name: "Zoë", color: "#0e7c86", connected: true, permissions };
      const wisher = { agent, hasControl, controlIsFree: !hasControl };
      const code = await new Promise((answered) => control.carryOut(wish, () => wisher, answered));
      await tasks(STEPS);
      // As the core does: what passes the gate and is not control is the guide's.
      return code ?? (TRAVELS.has(wish.kind) ? guide.take(agent, wish, undefined, null) : null);
    },
    stop() {
      control.stop();
      guide.stop();
    },
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
