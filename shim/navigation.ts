/** Ways to another address by script; and a net under them all: a navigation out of the proxy is stopped and begun again. */
import { argument, getOwnPropertyDescriptor, type Native } from "./patch.ts";
import type { Realm } from "./realm.ts";

interface Going extends Event {
  readonly destination: object;
  readonly formData: FormData | null;
  readonly navigationType: string;
  readonly downloadRequest: string | null;
  readonly sourceElement?: Element | null;
}

/** Stop navigations that leave the proxy. Returns how to listen, for when listeners were lost. */
export function installNet(realm: Realm): () => void {
  const { view, addresses, encode } = realm;
  const { navigation, NavigationDestination: Destination } = view as unknown as {
    navigation?: EventTarget;
    NavigationDestination?: { prototype: object };
  };
  const urlOf = getOwnPropertyDescriptor(Destination?.prototype ?? {}, "url")?.get as Native | undefined;
  if (!navigation || !urlOf) return () => undefined;
  const { location } = view;
  const net = (event: Event): void => {
    const going = event as Going;
    const url = String(urlOf.call(going.destination));
    if (!url.startsWith(realm.origin)) realm.settle();
    if (!/^https?:/.test(url) || addresses.holds(new URL(url).origin) || !going.cancelable) return;
    const encoded = encode(url);
    if (encoded === url) return;
    going.preventDefault();
    going.stopImmediatePropagation();
    if (going.formData) post(realm, encoded, going);
    else if (going.navigationType === "replace") location.replace(encoded);
    else location.assign(encoded);
  };
  const listen = (): void => navigation.addEventListener("navigate", net, true);
  listen();
  argument(navigation, "navigate", 0, encode);
  return listen;
}

/** Send a form's data again, files and all. */
function post({ view }: Realm, url: string, going: Going): void {
  const { document } = view;
  const make = (tag: string, members: object) => Object.assign(document.createElement(tag), members);
  const { form } = (going.sourceElement ?? {}) as { form?: HTMLFormElement };
  const source = form ?? (going.sourceElement as HTMLFormElement | undefined);
  const fields = [...(going.formData as FormData)];
  const hasFile = fields.some(([, value]) => typeof value !== "string");
  const enctype = source?.enctype || (hasFile ? "multipart/form-data" : "application/x-www-form-urlencoded");
  const again = make("form", { method: "post", enctype, hidden: true }) as HTMLFormElement;
  again.setAttribute("action", url);
  for (const [name, value] of fields) {
    if (typeof value === "string") {
      again.append(make("textarea", { name, value }));
      continue;
    }
    const input = make("input", { type: "file", name }) as HTMLInputElement;
    const files = new DataTransfer();
    if (value.name || value.size) files.items.add(value);
    input.files = files.files;
    again.append(input);
  }
  document.documentElement.append(again);
  again.submit();
  again.remove();
}

/** `pushState` and its kind. */
export function installHistory({ view, encode }: Realm): void {
  argument(view.History.prototype, "pushState replaceState", 2, encode);
}
