/** Makes the nodes of an added subtree. */
import { BadFacts, type FactReader, NodeKind } from "#protocol/facts";
import { htmlTag, INERT_TAG, svgTag } from "../stage/markup.ts";
import { sandbox } from "../stage/stage.ts";
import type { Attributes } from "./attributes.ts";
import type { Canvases } from "./canvas.ts";
import { maskedBox } from "./masked.ts";
import { type Mirror, readCount } from "./mirror.ts";
import type { StyleTexts } from "./styles.ts";

const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Read a node and all in it, told for a place in `parent`; numbers follow one another from `ids.next`. */
export type Build = (facts: FactReader, document: Document, parent: Node, ids: { next: number }) => ChildNode;

/** Custom elements of the page count as defined, or `:not(:defined)` rules would hide them. */
function define(document: Document, tag: string): void {
  const view = document.defaultView as (Window & typeof globalThis) | null;
  try {
    if (view && !view.customElements.get(tag)) view.customElements.define(tag, class extends view.HTMLElement {});
  } catch {
    // A name that cannot be defined is no custom element in the page either.
  }
}

function isUnknown(document: Document, tag: string): boolean {
  return Object.prototype.toString.call(document.createElement(tag)) === "[object HTMLUnknownElement]";
}

function inert(document: Document): HTMLElement {
  const element = document.createElement(INERT_TAG);
  element.style.setProperty("display", "none", "important");
  return element;
}

export function startBuild(mirror: Mirror, attributes: Attributes, styles: StyleTexts, canvases: Canvases): Build {
  function html(document: Document, told: string): HTMLElement {
    const tag = htmlTag(told, (unknown) => isUnknown(document, unknown));
    if (tag === INERT_TAG) return inert(document);
    if (tag.includes("-")) define(document, tag);
    const element = document.createElement(tag);
    if (tag === "iframe") sandbox(element as HTMLIFrameElement);
    if (tag === "video" || tag === "audio") (element as HTMLMediaElement).muted = true;
    // What is checked is told; the attribute has no say any more.
    if (tag === "input") (element as HTMLInputElement).checked = false;
    if (tag === "canvas") canvases.begin(element);
    return element;
  }

  function element(kind: number, document: Document, tag: string): Element {
    if (kind === NodeKind.Html) return html(document, tag);
    if (kind === NodeKind.Svg) return document.createElementNS(SVG, svgTag(tag));
    return document.createElementNS(MATHML, tag.slice(tag.lastIndexOf(":") + 1));
  }

  function tell(facts: FactReader, made: Element): void {
    for (let count = readCount(facts); count > 0; count--) attributes.set(made, facts.str(), facts.str());
  }

  const build: Build = (facts, document, parent, ids) => {
    const id = ids.next++;
    const head = facts.head();
    const add = <N extends ChildNode>(node: N): N => {
      mirror.nodes.add(id, node);
      return node;
    };
    if (typeof head !== "number") {
      const made = add(element(head.kind, document, head.tag));
      for (const name of head.names) attributes.set(made, name, facts.str());
      for (let count = facts.num(); count > 0; count--) made.append(build(facts, document, made, ids));
      return made;
    }
    switch (head) {
      case NodeKind.Text: {
        const text = add(document.createTextNode(facts.str()));
        styles.willMove(text, parent);
        return text;
      }
      case NodeKind.Masked: {
        const made = add(
          maskedBox(
            document,
            attributes,
            facts.str(),
            { width: facts.num(), height: facts.num(), display: facts.str() },
            mirror.options.hiddenWords ?? "Hidden from view",
          ),
        );
        tell(facts, made);
        return made;
      }
      case NodeKind.Doctype:
        return add(document.implementation.createDocumentType(facts.str(), facts.str(), facts.str()));
      case NodeKind.Comment:
        return add(document.createComment(""));
      case NodeKind.Hidden:
        facts.str();
        return add(inert(document));
      default:
        throw new BadFacts(`unknown kind of node ${head}`);
    }
  };
  return build;
}
