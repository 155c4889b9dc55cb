/** The public functions (S2) that are there at once; the others are the surface's. */
import type { Client } from "./client.ts";
import { guarded, type Listener } from "./events.ts";
import { absence, customMessage } from "./page_messages.ts";

type PublicFunction = (...args: never[]) => unknown;
type Given = Readonly<Record<string, unknown>>;

export function publicFunctions(client: Client): Readonly<Record<string, PublicFunction>> {
  const sendMessage = (message: unknown): void => client.send(customMessage(message));
  const cancelRequestAgent = (): void => client.requestAgent(false);
  return {
    init: (config?: Given) => client.init(config ?? {}),
    connect: () => client.connect(),
    updateConnection: (given?: Given) => client.updateConnection(given ?? {}),
    reset: (reopen = true) => client.reset(reopen),
    on: (...args: unknown[]) => {
      const listener = args.pop();
      if (typeof listener !== "function") throw new TypeError("on needs a function");
      return client.events.on(args.map(String), listener as Listener);
    },
    stopSession: () => client.stopSession(),
    getShortId: (done: unknown) => answer(shortId(client), done),
    customMessage: sendMessage,
    sendCustomMessage: sendMessage,
    // At once, because the page may go right after this.
    expectDisconnect: (given?: Given) => {
      client.absence = absence(given ?? {});
      client.send(client.absence);
    },
    requestAgent: () => client.requestAgent(true),
    cancelRequestAgent,
    cancelAgentRequest: cancelRequestAgent,
    newPageview: () => client.newPageview(),
  };
}

const shortId = async (client: Client): Promise<string> => (await client.whenWelcomed()).visitor.short_id;

/** Return the promise, and call the page's callback too. */
export function answer<T>(promise: Promise<T>, done: unknown): Promise<T> {
  if (typeof done === "function") void promise.then((value) => guarded(() => done(value)));
  return promise;
}
