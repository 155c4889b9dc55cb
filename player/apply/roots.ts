/** Documents, frames and shadow roots. */
import { BadFacts, Op, RootKind } from "#protocol/facts";
import { isFrame } from "../nodes/numbers.ts";
import { beginDocument } from "../stage/stage.ts";
import type { Build } from "./build.ts";
import { type Kinds, type Mirror, readCount } from "./mirror.ts";

export function startRoots(mirror: Mirror, build: Build): Kinds {
  const { nodes } = mirror;

  function frameDocument(frame: Node, quirks: boolean): Document {
    const document = isFrame(frame) ? frame.contentDocument : null;
    if (!document) throw new BadFacts("a document without its frame");
    nodes.forget(document);
    beginDocument(document, quirks);
    return document;
  }

  function shadowRoot(host: Element): ShadowRoot {
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    nodes.forget(root);
    root.replaceChildren();
    return root;
  }

  return {
    [Op.Root]: (facts) => {
      const [host, id, kind, quirks, base] = [facts.num(), facts.num(), facts.num(), facts.num() === 1, facts.text()];
      let root: Document | ShadowRoot;
      if (kind === RootKind.Shadow) root = shadowRoot(nodes.element(host));
      else root = frameDocument(kind === RootKind.Document && id === 0 ? mirror.frame : nodes.element(host), quirks);
      nodes.add(id, root);
      if (root.nodeType === 9) mirror.setBase(root as Document, base);
      for (const begin of mirror.rootBegins) begin(root);
      const document = root.ownerDocument ?? (root as Document);
      const ids = { next: id + 1 };
      for (let count = readCount(facts); count > 0; count--) root.append(build(facts, document, root, ids));
    },
  };
}
