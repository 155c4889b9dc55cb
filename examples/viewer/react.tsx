/** The same in React. */
import { type TwinpaneViewer, Viewer, type ViewerState } from "@twinpane/viewer/react";
import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { watchUrl } from "./session";

function Desk({ url }: { url: string }) {
  const viewer = useRef<TwinpaneViewer>(null);
  const [state, setState] = useState<ViewerState | null>(null);
  const [over, setOver] = useState<string | null>(null);
  return (
    <>
      <header>
        <strong id="visitor">{state?.visitor ?? "Connecting"}</strong>
        <button type="button" aria-pressed={state?.tool === "laser"} onClick={() => viewer.current?.setTool("laser")}>
          Laser
        </button>
        <button type="button" onClick={() => viewer.current?.end()}>
          End
        </button>
        <output id="said">{over ? `Over: ${over}` : state?.words}</output>
      </header>
      <main>
        <Viewer watchUrl={url} ref={viewer} onState={setState} onEnded={setOver} />
      </main>
    </>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(<Desk url={await watchUrl()} />);
