/**
 * `<twinpane-viewer watch-url="…">`: the visitor's page in a page of your own, with a toolbar of your own around it. The picture is the
 * watch page in a frame; this element speaks its messages (A4) as methods and events.
 */
import type { SessionStatus, ViewerEvent, ViewerInstruction, ViewerState, ViewerTool } from "./messages.js";

export type * from "./messages.js";

/** Why something was refused; `message` is a sentence for the agent. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** What the element dispatches; none of them bubbles. */
export interface ViewerEvents {
  /** The session has come further. */
  status: CustomEvent<SessionStatus>;
  /** Anything that a toolbar shows has changed. */
  state: CustomEvent<ViewerState>;
  /** The agent has a colour, or another. */
  color: CustomEvent<string>;
  /** The visitor's page sent a message (`Upscope("customMessage", …)`). */
  message: CustomEvent<unknown>;
  /** It is over; the detail says why, as `end_reason` of R31, or `left`. */
  ended: CustomEvent<string>;
  /** Something was refused. */
  problem: CustomEvent<Problem>;
}

const NAME = "twinpane-viewer";
const LOOKS = ":host { display: block } iframe { display: block; width: 100%; height: 100%; border: 0 }";
// Where pages are rendered on a server there are no elements.
const Element_ = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

export class TwinpaneViewer extends Element_ {
  static readonly observedAttributes = ["watch-url"];
  #frame: HTMLIFrameElement | null = null;
  #state: ViewerState | null = null;
  #status: SessionStatus = "waiting";
  /** The watch page listens once it has spoken. */
  #waiting: ViewerInstruction[] | null = [];

  /** The one-time address from R15 or R17. Another one begins anew. */
  get watchUrl(): string {
    return this.getAttribute("watch-url") ?? "";
  }

  set watchUrl(url: string) {
    this.setAttribute("watch-url", url);
  }

  /** As it was told last; null before anything was. */
  get state(): ViewerState | null {
    return this.#state;
  }

  get status(): SessionStatus {
    return this.#status;
  }

  // ---- what an agent can do; refusals come as `problem` ------------------------------------------

  requestControl(): void {
    this.#tell({ action: "requestControl" });
  }

  releaseControl(): void {
    this.#tell({ action: "releaseControl" });
  }

  setTool(tool: ViewerTool): void {
    this.#tell({ action: "setTool", tool });
  }

  /** `#rrggbb`, of the agent's cursor and drawings. */
  setColor(color: string): void {
    this.#tell({ action: "setColor", color });
  }

  /** Take this agent's drawings away. */
  clearDrawings(): void {
    this.#tell({ action: "clearDrawings" });
  }

  /** Scroll the visitor's page, in CSS pixels. */
  scrollPageTo(x: number, y: number): void {
    this.#tell({ action: "scrollTo", x, y });
  }

  /** Open an address in the visitor's tab. */
  openUrl(url: string): void {
    this.#tell({ action: "redirect", url });
  }

  reload(): void {
    this.#tell({ action: "reload" });
  }

  goBack(): void {
    this.#tell({ action: "goBack" });
  }

  goForward(): void {
    this.#tell({ action: "goForward" });
  }

  /** Show the page so large; 1 is 100 %. */
  setZoom(zoom: "fit" | number): void {
    this.#tell({ action: "setZoom", zoom });
  }

  /** Have all agents see that tab of the visitor's; null: the one that the visitor uses. */
  showTab(tab: string | null): void {
    this.#tell({ action: "showTab", tab });
  }

  /** Send the visitor's page a message, up to 5,000 characters of JSON. */
  sendMessage(message: unknown): void {
    this.#tell({ action: "customMessage", message });
  }

  /** End the session for all. */
  end(): void {
    this.#tell({ action: "terminateSession" });
  }

  /** Listeners of the element's own events know what they get. */
  override addEventListener<Name extends keyof ViewerEvents>(
    name: Name,
    listener: (event: ViewerEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    name: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(name, listener, options);
  }

  // ---- the element -------------------------------------------------------------------------------

  connectedCallback(): void {
    addEventListener("message", this.#hear);
    this.#show();
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#hear);
    this.#frame?.remove();
    this.#frame = null;
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (this.isConnected && before !== after) this.#show();
  }

  #show(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#waiting = [];
    this.#state = null;
    this.#status = "waiting";
    this.#frame = null;
    root.replaceChildren();
    if (!this.watchUrl) return;
    const style = document.createElement("style");
    style.textContent = LOOKS;
    const frame = document.createElement("iframe");
    frame.title = this.title || "Visitor's page";
    frame.allow = "fullscreen; clipboard-read; clipboard-write";
    frame.src = this.watchUrl;
    root.append(style, frame);
    this.#frame = frame;
  }

  #tell(instruction: ViewerInstruction): void {
    if (this.#waiting) this.#waiting.push(instruction);
    else this.#frame?.contentWindow?.postMessage(instruction, this.#origin);
  }

  get #origin(): string {
    return new URL(this.watchUrl, location.href).origin;
  }

  readonly #hear = ({ source, origin, data }: MessageEvent): void => {
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== this.#origin) return;
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    this.#take(data as ViewerEvent);
    for (const instruction of waiting) this.#tell(instruction);
  };

  #take(event: ViewerEvent): void {
    if (event.type === "sessionStatusUpdate") {
      this.#status = event.sessionStatus;
      this.#dispatch("status", event.sessionStatus);
    } else if (event.type === "upscope.sessionState.update") {
      this.#state = event.state;
      this.#dispatch("state", event.state);
    } else if (event.type === "currentColor") this.#dispatch("color", event.color);
    else if (event.type === "customMessage") this.#dispatch("message", event.message);
    else if (event.type === "sessionEnded") this.#dispatch("ended", event.reason);
    else if (event.type === "error") this.#dispatch("problem", { code: event.code, message: event.message });
  }

  #dispatch(name: keyof ViewerEvents, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "twinpane-viewer": TwinpaneViewer;
  }
}

if (globalThis.customElements && !customElements.get(NAME)) customElements.define(NAME, TwinpaneViewer);
