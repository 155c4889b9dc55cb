/**
 * The browser's own functions, where a framework has replaced them. Zone.js runs change detection after every callback of
 * its replacements; through them, capture would make the page work at each of its batches.
 */
export type View = Window & typeof globalThis;

interface Zone {
  __symbol__?(name: string): string;
}

/** Return the untouched `name` of an object of the page, bound to it when it is a function. */
export function native<T extends object, K extends keyof T & string>(owner: T, name: K): T[K] {
  const zone = (globalThis as { Zone?: Zone }).Zone;
  const symbol = zone?.__symbol__?.(name);
  const kept = symbol ? (owner as Record<string, unknown>)[symbol] : undefined;
  return (kept ?? owner[name]) as T[K];
}

/** Undoes what a `start…` did. */
export type Stop = () => void;

/** Listen on a root or window, passively and before the page; returns the way to stop. */
export function listen(target: EventTarget, types: string, heard: (event: Event) => void): Stop {
  const options = { capture: true, passive: true };
  const guarded = (event: Event) => {
    try {
      heard(event);
    } catch (error) {
      console.warn("Upscope:", error);
    }
  };
  const names = types.split(" ");
  for (const type of names) native(target, "addEventListener").call(target, type, guarded, options);
  return () => {
    for (const type of names) native(target, "removeEventListener").call(target, type, guarded, options);
  };
}

/** One stop for many; the last started stops first. */
export function stopAll(stops: Stop[]): void {
  while (stops.length) stops.pop()?.();
}

/** Several stops as one. */
export function together(...stops: Stop[]): Stop {
  return () => stopAll(stops);
}
