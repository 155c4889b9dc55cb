/** Pages whose bundle is fetched when they are first opened. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "./parts/controls.tsx";
import { Empty } from "./parts/empty.tsx";
import { WORDS } from "./words.ts";

/** Return a page that loads itself. Its bundle's name changes with every build, so a failure means: load all again. */
export function lazy(load: () => Promise<{ Page: ComponentType }>): ComponentType {
  let known: ComponentType | null = null;
  return function Lazy() {
    const [Page, setPage] = useState<ComponentType | null>(() => known);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (Page) return;
      load().then(
        (bundle) => {
          known = bundle.Page;
          setPage(() => bundle.Page);
        },
        () => setFailed(true),
      );
    }, [Page]);
    if (failed) {
      return (
        <Empty tone="danger" title={WORDS.notLoaded} detail={WORDS.newer}>
          <Button onClick={() => location.reload()}>{WORDS.loadAgain}</Button>
        </Empty>
      );
    }
    return Page && <Page />;
  };
}
