/** The visitor's page, scaled into the window, with pointer and drawings above it. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Size, scaleOf } from "../watch/scale.ts";
import type { State } from "./state.ts";

/** The parts of the picture that live as long as the window, whatever is drawn around them. */
export interface PictureParts {
  /** Holds the player's frame, in the visitor's CSS pixels. */
  readonly mount: HTMLElement;
  /** Lies over it, in this window's pixels; holds the pointer and the drawings. */
  readonly pointers: HTMLElement;
  /** Lies over all, so that nothing of the page is pressed. */
  readonly surface: HTMLElement;
}

export function Picture({ state, parts }: { state: State; parts: PictureParts }) {
  const view = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const area = useArea(view);
  const page = state.pageSize.value;
  const fits = state.zoom.value === "fit";
  const isCovered = state.cover.value !== null;

  useLayoutEffect(() => {
    sheet.current?.append(parts.mount, parts.pointers, parts.surface);
  }, [parts]);
  const scale = page ? scaleOf(state.zoom.value, area, page) : 1;
  useLayoutEffect(() => {
    state.scale.value = scale;
    parts.mount.style.transform = `scale(${scale})`;
    parts.mount.style.width = `${page?.width ?? 0}px`;
    parts.mount.style.height = `${page?.height ?? 0}px`;
  }, [state, parts, scale, page]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would be one in the outline of our page
    <div
      ref={view}
      class={`view ${fits ? "fits" : ""} ${isCovered ? "covered" : ""} ${state.isLate.value ? "dimmed" : ""}`}
      role="region"
      aria-label={state.speech.say("pageOf", { visitor: state.visitor.value })}
      tabIndex={fits ? undefined : 0}
    >
      <div
        ref={sheet}
        class="sheet"
        style={{ width: `${(page?.width ?? 0) * scale}px`, height: `${(page?.height ?? 0) * scale}px` }}
        inert={isCovered}
      />
    </div>
  );
}

/** The size of an element's inside. */
function useArea(element: { readonly current: HTMLElement | null }): Size {
  const [area, setArea] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setArea({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return area;
}
