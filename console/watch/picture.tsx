/** The visitor's page, scaled into the window, with the agents' cursors above it and refusals beside the pointer. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Size, scaleOf } from "./scale.ts";
import type { State } from "./state.ts";

/** A refusal stays beside the pointer this long. */
const HINT_MS = 1800;

/** The parts of the picture that live as long as the window, whatever is drawn around them. */
export interface PictureParts {
  /** Holds the player's frame, in the visitor's CSS pixels. */
  readonly mount: HTMLElement;
  /** Lies over it, in this window's pixels; holds the cursors. */
  readonly pointers: HTMLElement;
  /** Lies over the picture, in this window's pixels; senses pointer and keys. */
  readonly surface: HTMLElement;
}

export function Picture({ state, parts }: { state: State; parts: PictureParts }) {
  const view = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [area, setArea] = useState<Size>({ width: 0, height: 0 });
  const page = state.pageSize.value;
  const zoom = state.zoom.value;
  const place = state.situation.value.place;

  useLayoutEffect(() => {
    sheet.current?.append(parts.mount, parts.pointers, parts.surface);
  }, [parts]);
  useLayoutEffect(() => {
    const box = view.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setArea({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const scale = page ? scaleOf(zoom, area, page) : 1;
  useLayoutEffect(() => {
    state.scale.value = scale;
    parts.mount.style.transform = `scale(${scale})`;
    parts.mount.style.width = `${page?.width ?? 0}px`;
    parts.mount.style.height = `${page?.height ?? 0}px`;
  }, [state, parts, scale, page]);
  useEffect(() => {
    const name = place === "none" ? "pageOfLive" : "pageOf";
    parts.surface.setAttribute("aria-label", state.speech.say(name, { visitor: state.visitor.value }));
    parts.surface.setAttribute("role", state.controls.value ? "application" : "region");
    parts.surface.tabIndex = place === "cover" ? -1 : 0;
    // What takes the keys is in there and may have the focus already: a cut in the connection must not take it away.
    if (state.controls.value && !parts.surface.contains(document.activeElement))
      parts.surface.focus({ preventScroll: true });
  }, [parts, state.controls.value, state.visitor.value, place]);

  const size = page
    ? { width: `${page.width * scale}px`, height: `${page.height * scale}px` }
    : { width: "0", height: "0" };
  return (
    <div
      ref={view}
      class={`view ${place === "over" ? "dimmed" : ""} ${place === "cover" ? "covered" : ""} ${zoom === "fit" ? "fits" : ""}`}
    >
      <div
        ref={sheet}
        class={`sheet ${state.controls.value ? "controlled" : ""}`}
        style={size}
        inert={place === "cover"}
      />
      <Hint state={state} surface={parts.surface} />
    </div>
  );
}

/** Tell gently, where the agent looks, that a wish was refused. */
function Hint({ state, surface }: { state: State; surface: HTMLElement }) {
  const at = useRef<{ x: number; y: number } | null>(null);
  const hint = state.hint.value;
  useEffect(() => {
    const follow = (event: PointerEvent) => {
      at.current = { x: event.clientX, y: event.clientY };
    };
    const forget = () => {
      at.current = null;
    };
    surface.addEventListener("pointermove", follow, { capture: true, passive: true });
    surface.addEventListener("pointerleave", forget);
    return () => {
      surface.removeEventListener("pointermove", follow, { capture: true });
      surface.removeEventListener("pointerleave", forget);
    };
  }, [surface]);
  useEffect(() => {
    if (!hint) return undefined;
    const timer = setTimeout(() => {
      state.hint.value = null;
    }, HINT_MS);
    return () => clearTimeout(timer);
  }, [state, hint]);
  if (!hint) return null;
  const place = at.current;
  const style = place
    ? { left: `${Math.min(place.x + 14, innerWidth - 240)}px`, top: `${place.y + 18}px` }
    : { left: "50%", bottom: "84px", transform: "translateX(-50%)" };
  return (
    <p class="hint" role="status" style={style}>
      {hint.words}
    </p>
  );
}
