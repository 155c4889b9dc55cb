/** Replaces members of the page's interfaces. A proxy keeps name, length and what `toString` says of a native function. */

export type Native = (this: unknown, ...args: unknown[]) => unknown;
type Change<T> = (value: T, self: unknown) => unknown;

export const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;

/** The object in the prototype chain that has the member itself. */
function ownerOf(object: object | null | undefined, name: PropertyKey): object | null {
  for (let at: object | null = object ?? null; at; at = getPrototypeOf(at)) if (Object.hasOwn(at, name)) return at;
  return null;
}

function replace(
  object: object | null | undefined,
  name: PropertyKey,
  key: "value" | "get" | "set",
  on: ProxyHandler<Native>,
) {
  const owner = ownerOf(object, name);
  const found = owner && getOwnPropertyDescriptor(owner, name);
  const native = found?.[key] as Native | undefined;
  if (owner && found?.configurable && typeof native === "function") {
    defineProperty(owner, name, { ...found, [key]: new Proxy(native, on) });
  }
  return native;
}

/** Put `around` in the place of methods (names apart by blanks). */
export function method(
  object: object | null | undefined,
  names: string,
  around: (self: unknown, args: unknown[], native: Native) => unknown,
): void {
  for (const name of names.split(" ")) {
    replace(object, name, "value", { apply: (native, self, args) => around(self, args, native) });
  }
}

/** Change the arguments of methods in place. */
export function argumentsOf(
  object: object | null | undefined,
  names: string,
  change: (args: unknown[], self: unknown) => void,
): void {
  method(object, names, (self, args, native) => {
    change(args, self);
    return apply(native, self, args);
  });
}

/** Change one argument of methods, where it is given. */
export function argument(
  object: object | null | undefined,
  names: string,
  index: number,
  change: (value: never, self: unknown) => unknown,
): void {
  argumentsOf(object, names, (args, self) => {
    if (args[index] !== undefined && args[index] !== null) args[index] = change(args[index] as never, self);
  });
}

/** Change what accessors give. */
export function getter<T>(object: object | null | undefined, names: string, change: Change<T>): void {
  for (const name of names.split(" ")) {
    replace(object, name, "get", { apply: (native, self, args) => change(apply(native, self, args) as T, self) });
  }
}

/** Change what accessors are given. */
export function setter(object: object | null | undefined, names: string, change: Change<unknown>): void {
  for (const name of names.split(" ")) {
    replace(object, name, "set", { apply: (native, self, args) => apply(native, self, [change(args[0], self)]) });
  }
}

/** Change the arguments with which a class of the global object is made. */
export function making(global: object, name: string, change: (args: unknown[]) => void): void {
  const native = (global as Record<string, unknown>)[name] as (Native & { prototype: object }) | undefined;
  if (typeof native !== "function") return;
  const ours = new Proxy(native, {
    construct: (found, args, target) => {
      change(args);
      return construct(found, args, target);
    },
  });
  const found = getOwnPropertyDescriptor(global, name);
  defineProperty(global, name, { ...found, value: ours } as PropertyDescriptor);
  defineProperty(native.prototype, "constructor", { value: ours, writable: true, configurable: true });
}

/** Own accessors or values that the page cannot list. */
export function hidden(object: object, members: object): void {
  for (const name of Object.keys(members)) {
    const found = getOwnPropertyDescriptor(members, name) as PropertyDescriptor;
    defineProperty(object, name, { ...found, enumerable: false, configurable: true });
  }
}
