/** In the agent's page: plays what rrweb recorded, each event on arrival, and says in which round the tree is another. */
import { type eventWithTime, Replayer } from "rrweb";
import { Chance } from "./chance.ts";

type Visitor = Window & {
  openRecorded(seed: number): void;
  edit(seed: number, wraps: boolean): void;
  taken(): eventWithTime[];
};
/** Time of day that no event reaches: so all of them are applied at once. */
const AHEAD_MS = 86_400_000;

const later = (delay_ms: number) => new Promise((resolve) => setTimeout(resolve, delay_ms));

function print(node: Node): string {
  if (node.nodeType === 3) return (node as Text).data;
  if (node.nodeType === 8) return "";
  const element = node as Element;
  const names = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort();
  return `<${element.localName} ${names}>${[...element.childNodes].map(print).join("")}</>`;
}

/** Return the first round after which the trees differ; 0 for none. */
async function rrwebDiverges(seed: number, rounds: number, batch: number, wraps: boolean): Promise<number> {
  const frame = document.createElement("iframe");
  frame.src = "/visitor";
  const mount = document.createElement("div");
  document.body.append(frame, mount);
  await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  const visitor = frame.contentWindow as unknown as Visitor;
  const replayer = new Replayer([], {
    root: mount,
    liveMode: true,
    showWarning: false,
    mouseTail: false,
    useVirtualDom: false,
  });
  const chance = new Chance(seed);
  let found = 0;
  const show = async () => {
    await later(0);
    for (const event of visitor.taken()) replayer.addEvent(event);
    await later(0);
  };
  visitor.openRecorded(seed);
  replayer.startLive(Date.now() + AHEAD_MS);
  while (!replayer.iframe.contentDocument?.getElementById("root")) await show();
  for (let round = 1; round <= rounds && !found; round++) {
    for (let n = 0; n < batch; n++) visitor.edit(1 + chance.number(0x7fffffff), wraps);
    await show();
    const [page, mirror] = [visitor.document, replayer.iframe.contentDocument].map((one) =>
      one?.getElementById("root"),
    );
    if (!page || !mirror || print(page) !== print(mirror)) found = round;
  }
  replayer.destroy();
  frame.remove();
  mount.remove();
  return found;
}

Object.assign(globalThis, { rrwebDiverges });
