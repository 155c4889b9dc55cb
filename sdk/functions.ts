/** The public functions (S2), by name. */
import type { Client } from "./client.ts";
import { guarded, type Listener } from "./events.ts";

type PublicFunction = (...args: never[]) => unknown;
type Given = Readonly<Record<string, unknown>>;
type Callback<T> = ((value: T) => void) | undefined;

export function publicFunctions(client: Client): Readonly<Record<string, PublicFunction>> {
  const customMessage = (message: unknown): void => client.customMessage(message);
  return {
    init: (config?: Given) => client.init(config ?? {}),
    connect: () => client.connect(),
    updateConnection: (given?: Given) => client.updateConnection(given ?? {}),
    reset: (reopen = true) => client.reset(reopen),
    on: (...args: unknown[]) => {
      const listener = args.pop();
      if (typeof listener !== "function") throw new TypeError("the last argument of on must be a function");
      return client.events.on(args.map(String), listener as Listener);
    },
    stopSession: () => client.stopSession(),
    getShortId: (done: Callback<string>) => answer(shortId(client), done),
    getWatchLink: (done: Callback<string>) => answer(watchLink(client), done),
    getConnectionId: (done: Callback<string>) => answer(connectionId(client), done),
    getLookupCode: (done: Callback<string>) => answer(client.lookupCode(false), done),
    newLookupCode: (done: Callback<string>) => answer(client.lookupCode(true), done),
    customMessage,
    sendCustomMessage: customMessage,
  };
}

const shortId = async (client: Client): Promise<string> => (await client.whenWelcomed()).visitor.short_id;
const watchLink = async (client: Client): Promise<string> => (await client.whenWelcomed()).watch_link;
const connectionId = async (client: Client): Promise<string> => (await client.whenWelcomed()).connection;

/** Return the promise, and call the page's callback too. */
function answer<T>(promise: Promise<T>, done: Callback<T>): Promise<T> {
  if (typeof done === "function") void promise.then((value) => guarded(() => done(value)));
  return promise;
}
