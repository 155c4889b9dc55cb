/** What the watch page in a frame and the page around it tell each other (A4 of docs/api.md). */

/** How far the session has come. `viewerReady`: the whole page is shown. */
export type SessionStatus = "waiting" | "pendingRequest" | "active" | "snapshotReceived" | "viewerReady" | "terminated";

export type ViewerTool = "look" | "laser" | "draw" | "arrow" | "rectangle" | "highlight" | "control";

export interface ViewerAgent {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  readonly connected: boolean;
}

/** One of the visitor's tabs. */
export interface ViewerTab {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Whether it is the one that is shown. */
  readonly active: boolean;
  /** Whether the visitor can see it. */
  readonly visible?: boolean;
}

/** All that a toolbar needs to know. */
export interface ViewerState {
  /** As the watch page names it, such as `live` or `reconnecting`. */
  readonly situation: string;
  /** The same in words for the agent. */
  readonly words: string;
  /** The visitor's name; null before it is known. */
  readonly visitor: string | null;
  readonly page: { readonly url: string; readonly title: string } | null;
  /** The `id` of this agent. */
  readonly me: string | null;
  readonly agents: readonly ViewerAgent[];
  readonly tabs: readonly ViewerTab[];
  /** Whether agents go along with the visitor from tab to tab. */
  readonly follows: boolean;
  /** By the names of R15's permissions. */
  readonly permissions: Readonly<Record<string, boolean>>;
  /** The `id` of the agent in control. */
  readonly control: string | null;
  readonly hasControl: boolean;
  readonly isAskingControl: boolean;
  readonly tool: Exclude<ViewerTool, "control">;
  /** 1 is 100 %. */
  readonly zoom: "fit" | number;
}

/** What the watch page tells. */
export type ViewerEvent =
  | { readonly type: "sessionStatusUpdate"; readonly sessionStatus: SessionStatus }
  | { readonly type: "upscope.sessionState.update"; readonly state: ViewerState }
  | { readonly type: "currentColor"; readonly color: string }
  | { readonly type: "customMessage"; readonly message: unknown }
  | { readonly type: "sessionEnded"; readonly reason: string }
  | { readonly type: "error"; readonly code: string; readonly message: string };

/** What it does when it is told to. */
export type ViewerInstruction =
  | { readonly action: "requestControl" | "releaseControl" | "clearDrawings" | "terminateSession" }
  | { readonly action: "reload" | "goBack" | "goForward" | "startCall" | "endCall" }
  | { readonly action: "setTool"; readonly tool: ViewerTool }
  | { readonly action: "setColor"; readonly color: string }
  | { readonly action: "scrollTo"; readonly x: number; readonly y: number }
  | { readonly action: "redirect"; readonly url: string }
  | { readonly action: "setZoom"; readonly zoom: "fit" | number }
  | { readonly action: "showTab"; readonly tab: string | null }
  | { readonly action: "customMessage"; readonly message: unknown };
