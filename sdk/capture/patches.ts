/**
 * Listens in on functions of the page's realm. The page's call goes through unchanged, errors and all; what we do afterwards
 * never throws into it. Undone on stop; if somebody patched over us, ours stays in place and does nothing.
 */
import type { Stop } from "./natives.ts";

export type After = (self: unknown, args: readonly unknown[], result: unknown) => void;
type Native = (this: unknown, ...args: unknown[]) => unknown;

/** Apart from `Reflect`, which a page may replace. */
const { apply, getOwnPropertyDescriptor, defineProperty } = Reflect;

function wrapped(native: Native, after: After, isOn: () => boolean): Native {
  // A proxy keeps the name, the length and what `toString` says.
  return new Proxy(native, {
    apply(target, self, args) {
      const result = apply(target, self, args);
      if (isOn()) {
        try {
          after(self, args, result);
        } catch (error) {
          console.warn("Upscope:", error);
        }
      }
      return result;
    },
  });
}

/** Call `after` behind each call of a method (or, for an accessor, each assignment) of `owner`. */
export function patch(owner: object | undefined, name: string, after: After): Stop {
  const found = owner && getOwnPropertyDescriptor(owner, name);
  return found ? replace(owner, name, found, found.set ? "set" : "value", after) : () => undefined;
}

/** Call `after` behind each reading of an accessor. */
export function patchGetter(owner: object | undefined, name: string, after: After): Stop {
  const found = owner && getOwnPropertyDescriptor(owner, name);
  return found ? replace(owner, name, found, "get", after) : () => undefined;
}

function replace(
  owner: object,
  name: string,
  found: PropertyDescriptor,
  key: "set" | "get" | "value",
  after: After,
): Stop {
  if (!found.configurable) return () => undefined;
  let on = true;
  const native = found[key] as Native | undefined;
  if (typeof native !== "function") return () => undefined;
  const ours = wrapped(native, after, () => on);
  defineProperty(owner, name, { ...found, [key]: ours });
  return () => {
    on = false;
    const now = getOwnPropertyDescriptor(owner, name);
    if (now?.[key] === ours) defineProperty(owner, name, found);
  };
}

/** Patch several members of one prototype. */
export function patchAll(owner: object | undefined, names: string, after: After): Stop {
  const stops = names.split(" ").map((name) => patch(owner, name, after));
  return () => {
    for (const stop of stops) stop();
  };
}
