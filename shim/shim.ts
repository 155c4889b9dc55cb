/** First script of every proxied document; `self.__tp$` holds its config. Takes its own element away. */
import { install } from "./install.ts";
import { installInWorker } from "./install_worker.ts";
import type { Config, View } from "./realm.ts";

const view = self as unknown as View & { __tp$?: Config };
if (view.__tp$) {
  if (view.document) {
    const script = view.document.currentScript as HTMLScriptElement | null;
    if (script) view.__tp$.script = script.src;
    install(view, view.__tp$);
    script?.remove();
  } else installInWorker(view, view.__tp$);
}
