/** The shim in a worker: what windows have too, and `location`, which can be replaced there. */
import { installGiven } from "./given.ts";
import { installNetwork, installWorkerLocation, installWorkers } from "./network.ts";
import { type Config, publish, Realm, type View } from "./realm.ts";
import { installCode, installHelpers, installMessages } from "./windows.ts";

/** Put the shim into a worker's global object; once. */
export function installInWorker(view: View, config: Config): void {
  if ("__tp$L" in view) return;
  const realm = new Realm(view, config);
  publish(realm);
  // A worker's location is changed itself; nothing there goes anywhere.
  installHelpers(realm, { read: (value) => value, go: () => undefined }, null);
  installShared(realm);
  installWorkerLocation(realm);
}

/** What windows and workers have alike. */
export function installShared(realm: Realm): void {
  installNetwork(realm);
  installWorkers(realm);
  installCode(realm);
  installMessages(realm);
  installGiven(realm);
}
