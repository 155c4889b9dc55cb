/** The shim, whole, in a window. */

import { installCookieStore } from "./cookie_store.ts";
import { Cookies } from "./cookies.ts";
import { Elements } from "./elements.ts";
import { Frames } from "./frames.ts";
import { installDocument } from "./given.ts";
import { installShared } from "./install_worker.ts";
import { Links } from "./links.ts";
import { Locations } from "./location.ts";
import { installHistory, installNet } from "./navigation.ts";
import { apply, defineProperty, getOwnPropertyDescriptor, hidden, method, type Native } from "./patch.ts";
import { type Config, publish, Realm, type View } from "./realm.ts";
import { installStyles } from "./styles.ts";
import { installHelpers, installStorage, installWindows } from "./windows.ts";

interface Installed {
  /** A new document in the same window: the browser keeps a frame's first window for it. */
  renew(config: Config): void;
}

/** Put the shim into a window; a second time only what belongs to the document. */
export function install(view: View, config: Config): void {
  const before = (view as { __tp$S?: Installed }).__tp$S;
  if (before) {
    before.renew(config);
    return;
  }
  const realm = new Realm(view, config);
  const cookies = new Cookies(realm);
  const top = installWindows(realm);
  config.top = top === view;
  publish(realm);
  installHelpers(realm, new Locations(realm), top);

  const current = (): Config => ({ ...config, ...cookies.snapshot, top: false });
  const frames = new Frames(realm, current, install);
  const elements = new Elements(
    realm,
    () => preludeOf(current()),
    (frame) => frames.frame(frame),
  );
  const links = new Links(realm, elements, config.top);
  const listenToNavigations = installNet(realm);
  installShared(realm);
  elements.install();
  links.install();
  frames.install((name) => links.target(name));
  installDocument(realm);
  installHistory(realm);
  installStyles(realm);
  installStorage(realm);
  installCookies(realm, cookies);
  const listen = (): void => {
    links.listen();
    listenToNavigations();
  };
  // Opening a document takes all its listeners away.
  method(view.Document.prototype, "open write writeln", (self, args, native) => {
    const result = apply(native, self, args);
    if (self === view.document) listen();
    return result;
  });
  const renew = (next: Config): void => {
    cookies.take(next);
    publish(realm);
    listen();
  };
  hidden(view, { __tp$S: { renew } satisfies Installed });
}

function preludeOf(config: Config): string {
  const json = JSON.stringify(config).replaceAll("<", "\\u003c");
  return `<script>self.__tp$=${json}</script><script src="${config.script ?? ""}"></script>`;
}

function installCookies(realm: Realm, cookies: Cookies): void {
  const { prototype } = realm.view.Document;
  const found = getOwnPropertyDescriptor(prototype, "cookie") as PropertyDescriptor;
  defineProperty(prototype, "cookie", {
    ...found,
    get: new Proxy(found.get as Native, { apply: cookies.read }),
    set: new Proxy(found.set as Native, { apply: (_, __, args) => cookies.write(args[0]) }),
  });
  realm.view.addEventListener("pagehide", cookies.leave);
  realm.settle = cookies.settle;
  installCookieStore(realm, cookies);
}
