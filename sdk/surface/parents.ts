/**
 * A page in a frame of another site offers its picture to the page around it, which the settings must name (SPEC F23). Nothing but
 * the offer itself goes to a page whose origin is not known; the picture goes through a port to one that is.
 */

/** What the two pages say to each other before they have a port. */
export const HELLO = { here: "twinpane:here", who: "twinpane:who", capture: "twinpane:capture" } as const;

/** Offer the page to its parents; `begin` is called with the port of one that wants it and may have it. */
export function offerToParents(
  page: Window,
  origins: () => readonly string[],
  begin: (port: MessagePort) => void,
): void {
  const offer = (): void => page.parent.postMessage(HELLO.here, "*");
  page.addEventListener("message", ({ data, origin, ports: [port] }) => {
    if (!origins().includes(origin)) return;
    if (data === HELLO.who) offer();
    if (data === HELLO.capture && port) begin(port);
  });
  offer();
}
