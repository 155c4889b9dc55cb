/** First script of every proxied worker; `self.__tp$` holds its config. */
import { installInWorker } from "./install_worker.ts";
import type { Config, View } from "./realm.ts";

const view = self as unknown as View & { __tp$?: Config };
if (view.__tp$) installInWorker(view, view.__tp$);
