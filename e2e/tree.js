// One picture of a page for both sides: what must be equal at the visitor's and on the stage, and nothing else.
// biome-ignore lint/correctness/noUnusedVariables: evaluated inside pages by flow.py
function tree(root) {
  const SKIP = new Set(["SCRIPT", "NOSCRIPT", "TEMPLATE", "BASE", "META", "TITLE", "LINK", "STYLE", "OBJECT", "EMBED"]);
  // Addresses are rewritten to the asset door or taken away; the rest must not differ.
  const ADDRESSES = new Set(["src", "srcset", "href", "xlink:href", "poster", "action", "formaction", "style", "data", "background", "ping", "target", "download", "imagesrcset"]);
  const DROPPED =
    /^(on|data-twinpane|sandbox|srcdoc|nonce|integrity|crossorigin|loading|autofocus|autoplay|value$|checked$|selected$|http-equiv|referrerpolicy|fetchpriority|is$|enctype$|method$|usemap$|rel$|sizes$|shadowroot|as$)/;
  const MASKED = "[type=password],[type=hidden],[autocomplete^=cc-],[autocomplete=one-time-code]";

  function attributes(element) {
    // Of a masked field only class and type may leave the page, and the agent's side cannot tell which fields those are.
    const names = element.localName === "input" ? ["class", "type"] : element.getAttributeNames();
    return [...element.attributes]
      .filter(({ name }) => names.includes(name))
      .filter(({ name }) => !ADDRESSES.has(name) && !DROPPED.test(name))
      .map(({ name, value }) => (name === "class" ? `class=${value.split(/\s+/).filter((word) => word && !word.startsWith("twinpane-")).join(" ")}` : `${name}=${plain(value)}`))
      .filter((pair) => pair !== "class=")
      .sort();
  }

  // The stage writes addresses within presentation attributes in quotes.
  function plain(value) {
    return value.replace(/url\(["']?(#[^"')]*)["']?\)/g, "url($1)");
  }

  function state(element) {
    const view = element.ownerDocument.defaultView;
    if (element.matches(MASKED)) return element.type === "hidden" ? "" : "•".repeat(element.value.length);
    if (element instanceof view.HTMLInputElement) {
      if (element.type === "file") return "";
      return /checkbox|radio/.test(element.type) ? String(element.checked) : element.value;
    }
    if (element instanceof view.HTMLTextAreaElement) return element.value;
    if (element instanceof view.HTMLSelectElement) return [...element.selectedOptions].map((option) => option.index).join();
    return "";
  }

  function children(parent) {
    const list = [];
    for (const child of parent.childNodes) {
      const told = node(child);
      if (typeof told === "string" && typeof list.at(-1) === "string") list.push(list.pop() + told);
      else if (told !== null) list.push(told);
    }
    return list;
  }

  function node(it) {
    if (it.nodeType === 3) return it.data === "" ? null : it.data;
    if (it.nodeType !== 1 || SKIP.has(it.tagName.toUpperCase()) || it.localName.startsWith("twinpane-")) return null;
    if (it.closest(".no-upscope,[data-upscope-mask]")) return ["masked"];
    const name = it.localName === "canvas" || it.hasAttribute("data-twinpane-canvas") ? "canvas" : it.localName;
    if (name === "canvas") return ["canvas"];
    const told = [name, attributes(it), state(it)];
    if (it.localName === "textarea") return told;
    if (it.shadowRoot) told.push(["#shadow", ...children(it.shadowRoot)]);
    if (it.localName === "iframe") {
      told[1] = [];
      told.push(it.contentDocument?.documentElement ? node(it.contentDocument.documentElement) : null);
      return told;
    }
    return told.concat(children(it));
  }

  return root.documentElement ? node(root.documentElement) : null;
}
