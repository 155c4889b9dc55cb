/** The frame that shows the page: same origin, so that the player can build in it, and never with scripts (invariant 7). */

export interface Stage {
  readonly frame: HTMLIFrameElement;
  /** Resolves when the stage page, and with it its CSP, is there. Rejects when it cannot be had. */
  readonly ready: Promise<void>;
  remove(): void;
}

/** Set up a frame for a document of the page; also for frames within the page. */
export function sandbox(frame: HTMLIFrameElement): void {
  frame.setAttribute("sandbox", "allow-same-origin");
}

/** Put an empty stage into `mount`. The address "about:blank" is there at once. */
export function openStage(mount: HTMLElement, stageUrl: string): Stage {
  const frame = mount.ownerDocument.createElement("iframe");
  sandbox(frame);
  frame.tabIndex = -1;
  frame.title = "The visitor's page";
  Object.assign(frame.style, { border: "0", display: "block", background: "#fff", pointerEvents: "none" });
  let ready = Promise.resolve();
  if (stageUrl !== "about:blank") {
    frame.src = stageUrl;
    ready = new Promise((resolve, reject) => {
      frame.addEventListener(
        "load",
        () => (frame.contentDocument ? resolve() : reject(new Error("the stage page cannot be had"))),
        { once: true },
      );
    });
  }
  mount.append(frame);
  return { frame, ready, remove: () => frame.remove() };
}

/**
 * Empty a document of the stage and set its mode. Writing is what lets a document be in quirks mode, and it makes Firefox keep the
 * first document of a new frame, which it would else replace in a later task.
 */
export function beginDocument(document: Document, quirks: boolean): void {
  document.open();
  document.write(quirks ? "<html></html>" : "<!DOCTYPE html><html></html>");
  document.close();
  while (document.firstChild) document.firstChild.remove();
  // Nothing on the stage reacts by itself.
  for (const type of ["click", "auxclick", "submit", "dragstart", "contextmenu"]) {
    document.addEventListener(type, (event) => event.preventDefault(), true);
  }
}
