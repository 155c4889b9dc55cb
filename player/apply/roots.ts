/** Documents, frames, shadow roots and what goes into their slots; contents of templates. */
import { BadFacts, Op, RootKind } from "#protocol/facts";
import { isFrame, isTemplate } from "../nodes/numbers.ts";
import { beginDocument } from "../stage/stage.ts";
import type { Build } from "./build.ts";
import { type Kinds, type Mirror, readCount, readIds } from "./mirror.ts";

export function startRoots(mirror: Mirror, build: Build): Kinds {
  const { nodes } = mirror;

  function frameDocument(frame: Node, quirks: boolean): Document {
    const document = isFrame(frame) ? frame.contentDocument : null;
    if (!document) throw new BadFacts("a document without its frame");
    nodes.forget(document);
    beginDocument(document, quirks);
    return document;
  }

  function shadowRoot(host: Element, slotAssignment: SlotAssignmentMode): ShadowRoot {
    return emptied(host.shadowRoot ?? host.attachShadow({ mode: "open", slotAssignment }));
  }

  function templateContent(host: Element): DocumentFragment {
    if (!isTemplate(host)) throw new BadFacts("content of a template that is none");
    return emptied(host.content);
  }

  function emptied<R extends DocumentFragment>(root: R): R {
    nodes.forget(root);
    root.replaceChildren();
    return root;
  }

  return {
    [Op.Root]: (facts) => {
      const [host, id, kind, quirks, base] = [facts.num(), facts.num(), facts.num(), facts.num() === 1, facts.text()];
      let root: Document | DocumentFragment;
      if (kind === RootKind.Shadow) root = shadowRoot(nodes.element(host), "named");
      else if (kind === RootKind.ManualShadow) root = shadowRoot(nodes.element(host), "manual");
      else if (kind === RootKind.Template) root = templateContent(nodes.element(host));
      else root = frameDocument(kind === RootKind.Document && id === 0 ? mirror.frame : nodes.element(host), quirks);
      nodes.add(id, root);
      if (root.nodeType === 9) mirror.setBase(root as Document, base);
      if (kind !== RootKind.Template) for (const begin of mirror.rootBegins) begin(root as Document | ShadowRoot);
      const document = root.ownerDocument ?? (root as Document);
      const ids = { next: id + 1 };
      for (let count = readCount(facts); count > 0; count--) root.append(build(facts, document, root, ids));
    },
    [Op.Assigned]: (facts) => {
      const [slot, ids] = [nodes.element(facts.num()) as HTMLSlotElement, readIds(facts)];
      if (slot.localName === "slot") slot.assign(...ids.map((id) => nodes.node(id) as Element | Text));
    },
  };
}
