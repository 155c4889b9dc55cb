/** A Location that tells the site's address. `window.location` cannot be replaced: rewritten code asks for it here (SPEC Y). */
import { defineProperty, getPrototypeOf, hidden } from "./patch.ts";
import type { Realm } from "./realm.ts";

const PARTS = "protocol host hostname port pathname search hash".split(" ") as (keyof Location & string)[];
/** Of these the browser's own setter does the right thing: they leave the origin. */
const WITHIN = new Set<string>(["pathname", "search", "hash"]);
const tagOf = Object.prototype.toString;

export class Locations {
  readonly #realm: Realm;
  readonly #fakes = new WeakMap<object, object>();
  readonly #real: Location;
  readonly #own: object;

  constructor(realm: Realm) {
    this.#realm = realm;
    this.#real = realm.view.location;
    this.#own = this.#fake(this.#real);
  }

  /** Return the site's Location for a Location, and everything else as it is. */
  read = (value: unknown): unknown => {
    if (value === this.#real) return this.#own;
    return typeof value === "object" && value !== null ? this.#readObject(value) : value;
  };

  /** Go where `location = url` would. */
  go = (url: unknown): void => {
    this.#real.href = this.#realm.encodePlace(url);
  };

  #readObject(value: object): object {
    const prototype = getPrototypeOf(value);
    if (prototype === Object.prototype) return value;
    const known = this.#fakes.get(value);
    if (known) return known;
    if (prototype === null) return isForeign(value) ? this.#foreign(value as Location) : value;
    return tagOf.call(value) === "[object Location]" ? this.#fake(value as Location) : value;
  }

  #fake(real: Location): object {
    const { decode, encodePlace } = this.#realm;
    const href = (): string => decode(real.href);
    const fake = Object.create(getPrototypeOf(real));
    const add = (name: string, descriptor: PropertyDescriptor): unknown =>
      defineProperty(fake, name, { enumerable: true, ...descriptor });
    const methods = {
      assign: (url: string) => real.assign(encodePlace(url)),
      replace: (url: string) => real.replace(encodePlace(url)),
      reload: () => real.reload(),
      toString: href,
    };
    const members = {
      get href() {
        return href();
      },
      set href(url: string) {
        real.href = encodePlace(url);
      },
      get origin() {
        return decode(real.origin);
      },
    };
    const ancestors = { get: () => originsOf(this.#realm, real.ancestorOrigins) };
    // In the browser's order, which differs.
    for (const name of Object.getOwnPropertyNames(real)) {
      const member = Object.getOwnPropertyDescriptor(members, name);
      if (member) add(name, member);
      else if (name === "ancestorOrigins") add(name, ancestors);
      else if (Object.hasOwn(methods, name)) add(name, { value: methods[name as keyof typeof methods] });
      else if (PARTS.includes(name as "host")) add(name, this.#part(real, name as "host"));
    }
    add("valueOf", { value: () => fake, enumerable: false });
    this.#fakes.set(real, fake);
    this.#fakes.set(fake, fake);
    return fake;
  }

  #part(real: Location, name: keyof Location & string): PropertyDescriptor {
    const { decode, encode } = this.#realm;
    const url = (): URL => new URL(decode(real.href));
    return {
      get: () => (WITHIN.has(name) || !/^https?:/.test(real.protocol) ? real[name] : url()[name as "host"]),
      set: (value: string) => {
        if (WITHIN.has(name)) {
          (real as unknown as Record<string, string>)[name] = value;
          return;
        }
        const changed = url();
        changed[name as "host"] = value;
        real.href = encode(changed.href);
      },
    };
  }

  /** Another origin's Location can be set, and nothing else. */
  #foreign(real: Location): object {
    const { encodePlace } = this.#realm;
    return new Proxy(real, {
      set: (_, name, value) => Reflect.set(real, name, name === "href" ? encodePlace(value) : value),
      get: (_, name) => {
        if (name === "replace") return (url: string) => real.replace(encodePlace(url));
        return Reflect.get(real, name);
      },
    });
  }
}

function isForeign(value: object): boolean {
  try {
    return "replace" in value && "href" in value && (value as Location).href === undefined;
  } catch (refused) {
    return (refused as Error).name === "SecurityError";
  }
}

/** Origins of the proxied documents that hold this one. */
export function originsOf(realm: Realm, real: DOMStringList): unknown {
  const list = Array.from(real);
  const own = list.slice(0, list.findLastIndex((origin) => realm.addresses.holds(origin)) + 1).map(realm.decode);
  const made = Object.create(getPrototypeOf(real));
  hidden(made, {
    ...own,
    length: own.length,
    item: (index: number) => own[index] ?? null,
    contains: (origin: string) => own.includes(origin),
  });
  defineProperty(made, Symbol.iterator, { value: () => own[Symbol.iterator]() });
  return made;
}
