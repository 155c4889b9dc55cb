/** The shim in a worker: what windows have too, and `location`, which can be replaced there. */
import { installGiven } from "./given.ts";
import { installNetwork, installWorkers } from "./network.ts";
import { apply, getOwnPropertyDescriptor, getter, method, type Native } from "./patch.ts";
import { type Config, publish, Realm, type View } from "./realm.ts";
import { installServed } from "./served.ts";
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
  installServed(realm);
}

/** `location` of a worker is an accessor like any other. */
function installWorkerLocation(realm: Realm): void {
  const { prototype } = (realm.view as unknown as { WorkerLocation: { prototype: object } }).WorkerLocation;
  const href = getOwnPropertyDescriptor(prototype, "href")?.get as Native;
  const real = (self: unknown): URL => new URL(realm.decode(String(apply(href, self, []))));
  for (const name of ["href", "origin", "protocol", "host", "hostname", "port"] as const) {
    getter(prototype, name, (_, self) => real(self)[name]);
  }
  method(prototype, "toString", (self) => real(self).href);
}

/** What windows and workers have alike. */
export function installShared(realm: Realm): void {
  installNetwork(realm);
  installWorkers(realm);
  installCode(realm);
  installMessages(realm);
  installGiven(realm);
}
