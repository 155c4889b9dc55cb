/** What the agent wishes, in order: what comes often waits for the next frame and is told once, with its last state. */
import type { Wish } from "#protocol/messages";

/** A message holds 16 kB (SPEC W5); a character may take four bytes. */
const TEXT_MAX = /[\s\S]{1,3000}/gu;

export interface Wishes {
  /** Tell at once, after all that waits. */
  now(wish: Wish): void;
  /** Tell with the next frame, in place of what waits under the same key. */
  soon(key: string, wish: Wish): void;
  /** Type with the next frame. */
  type(text: string): void;
  stop(): void;
}

export function startWishes(onWish: (wish: Wish) => void, view: Window): Wishes {
  const waiting = new Map<string, Wish>();
  let typed = "";
  let frame = 0;

  function flush(): void {
    view.cancelAnimationFrame(frame);
    frame = 0;
    const wishes = [...waiting.values()];
    waiting.clear();
    const texts = typed.match(TEXT_MAX) ?? [];
    typed = "";
    for (const wish of wishes) onWish(wish);
    for (const text of texts) onWish({ kind: "type_text", text });
  }

  function schedule(): void {
    frame ||= view.requestAnimationFrame(flush);
  }

  return {
    now: (wish) => {
      flush();
      onWish(wish);
    },
    soon: (key, wish) => {
      waiting.set(key, wish);
      schedule();
    },
    type: (text) => {
      typed += text;
      schedule();
    },
    stop: () => view.cancelAnimationFrame(frame),
  };
}
