/** The smallest reader of page facts: plain objects instead of a DOM, and strict about every id. An oracle for capture. */
import { FactReader, NodeKind, Op, type Slot } from "#protocol/facts";

export interface ModelNode {
  id: number;
  kind: NodeKind | 0;
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: ModelNode[];
  parent: ModelNode | null;
  root: ModelNode | null;
  expanded: boolean;
}

/** Facts after the tree: the number of slots of fixed ones, in the letters of the table in facts.ts. */
const LATEST: Partial<Record<Op, string>> = {
  [Op.Page]: "tt",
  [Op.Viewport]: "nnnnnn",
  [Op.Value]: "nt",
  [Op.Checked]: "nn",
  [Op.Selected]: "nl",
  [Op.Scroll]: "nnn",
  [Op.Focus]: "nn",
  [Op.Selection]: "nnnn",
  [Op.FieldSelection]: "nnn",
  [Op.Hover]: "n",
  [Op.Pointer]: "nnn",
  [Op.Sheet]: "nt",
  [Op.Adopt]: "nl",
  [Op.Rules]: "nT",
  [Op.RuleInsert]: "nlnt",
  [Op.RuleDelete]: "nln",
  [Op.RuleReplace]: "nlt",
  [Op.SheetState]: "nnt",
  [Op.Canvas]: "nnn?",
  [Op.Media]: "nnnnnn",
  [Op.TopLayer]: "nn",
  [Op.Digest]: "nnnn",
  [Op.Cost]: "nn",
  [Op.Unfaithful]: "nt",
  [Op.State]: "nsn",
  [Op.Device]: "d",
  [Op.VisualViewport]: "nnn",
  [Op.Embedded]: "nnt",
  [Op.Assigned]: "nl",
  [Op.Tiles]: "nnnp",
  [Op.Candidate]: "ntn",
  [Op.Font]: "nnttd",
  [Op.FontGone]: "nn",
  [Op.Animation]: "nnstnnnnnsss",
  [Op.CssAnimation]: "nnsns",
  [Op.AnimationState]: "nnnn",
  [Op.Tracks]: "nl",
};

export class Model {
  readonly nodes = new Map<number, ModelNode>();
  /** Every fact that is not of the tree: name and fields, in order. */
  readonly facts: unknown[][] = [];
  readonly counts: Record<string, number> = {};
  readonly #reader = new FactReader();
  readonly #names = new Map<number, string>(Object.entries(Op).map(([name, op]) => [op, name]));

  apply(slots: Slot[]): void {
    const reader = this.#reader;
    reader.open(slots);
    const detached = new Set<ModelNode>();
    while (!reader.done) {
      const op = reader.num() as Op;
      const name = this.#names.get(op) ?? `unknown ${op}`;
      this.counts[name] = (this.counts[name] ?? 0) + 1;
      this.#op(op, name, detached);
    }
    if (detached.size) throw new Error(`detached and not moved: ${[...detached].map((node) => node.id)}`);
  }

  #op(op: Op, name: string, detached: Set<ModelNode>): void {
    const r = this.#reader;
    switch (op) {
      case Op.Root:
        this.#root();
        return;
      case Op.Expand: {
        const parent = this.get(r.num());
        if (parent.expanded) throw new Error(`expanded twice: ${parent.id}`);
        parent.expanded = true;
        const next = { id: r.num() };
        for (let n = r.num(); n > 0; n--) parent.children.push(this.#read(parent, next));
        return;
      }
      case Op.Insert: {
        const parent = this.get(r.num());
        let at = this.#after(parent, r.num());
        const next = { id: r.num() };
        for (let n = r.num(); n > 0; n--) parent.children.splice(at++, 0, this.#read(parent, next));
        return;
      }
      case Op.Move: {
        const parent = this.get(r.num());
        let previous = r.num();
        for (let n = r.num(); n > 0; n--) {
          const node = this.get(r.num());
          if (node.parent) this.#takeOut(node);
          detached.delete(node);
          parent.children.splice(this.#after(parent, previous), 0, node);
          node.parent = parent;
          previous = node.id;
        }
        return;
      }
      case Op.Detach:
        for (let n = r.num(); n > 0; n--) {
          const node = this.get(r.num());
          this.#takeOut(node);
          detached.add(node);
        }
        return;
      case Op.Remove:
        for (let n = r.num(); n > 0; n--) {
          const node = this.get(r.num());
          detached.delete(node);
          if (node.parent) this.#takeOut(node);
          this.#drop(node);
        }
        return;
      case Op.Attribute: {
        const node = this.get(r.num());
        const attribute = r.str();
        const value = r.strOrNull();
        if (value === null) delete node.attributes[attribute];
        else node.attributes[attribute] = value;
        return;
      }
      case Op.Attributes: {
        const attribute = r.str();
        let id = 0;
        for (let n = r.num(); n > 0; n--) {
          id += r.num();
          const node = this.get(id);
          const value = r.refOrNull();
          if (value === null) delete node.attributes[attribute];
          else node.attributes[attribute] = value;
        }
        return;
      }
      case Op.Texts: {
        let id = 0;
        for (let n = r.num(); n > 0; n--) {
          id += r.num();
          this.get(id).text = r.text();
        }
        return;
      }
      case Op.Text:
        this.get(r.num()).text = r.text();
        return;
      case Op.Splice: {
        const node = this.get(r.num());
        const start = r.num();
        const deleted = r.num();
        node.text = node.text.slice(0, start) + r.text() + node.text.slice(start + deleted);
        return;
      }
      case Op.Style:
        this.#style();
        return;
      default:
        this.facts.push([name, ...this.#fields(LATEST[op] ?? "")]);
    }
  }

  #fields(letters: string): unknown[] {
    const r = this.#reader;
    return [...letters].map((letter) => {
      if (letter === "n") return r.num();
      if (letter === "t") return r.text();
      if (letter === "s") return r.str();
      if (letter === "?") return r.textOrNull();
      return Array.from({ length: r.num() }, () => {
        if (letter === "p") return [r.num(), r.num(), r.text()];
        if (letter === "d") return [r.str(), r.str()];
        return letter === "l" ? r.num() : r.text();
      });
    });
  }

  #root(): void {
    const r = this.#reader;
    const host = r.num();
    const id = r.num();
    const kind = r.num();
    r.num();
    r.text();
    const root = this.#blank(id, 0, ["#document", "#shadow", "#frame"][kind] ?? "?");
    if (id > 0) {
      const holder = this.get(host);
      if (holder.root) this.#drop(holder.root);
      holder.root = root;
    }
    const next = { id: id + 1 };
    for (let n = r.num(); n > 0; n--) root.children.push(this.#read(root, next));
  }

  #style(): void {
    const r = this.#reader;
    const node = this.get(r.num());
    const style = new Map(
      (node.attributes["style"] ?? "").split("; ").map((pair) => pair.split(": ") as [string, string]),
    );
    for (let n = r.num(); n > 0; n--) {
      const property = r.str();
      const value = r.strOrNull();
      const important = r.num();
      if (value === null) style.delete(property);
      else style.set(property, important ? `${value} !important` : value);
    }
    style.delete("");
    // The size of a masked block.
    if (node.kind === NodeKind.Masked) return;
    node.attributes["style"] = [...style].map((pair) => pair.join(": ")).join("; ");
  }

  get(id: number): ModelNode {
    const node = this.nodes.get(id);
    if (!node) throw new Error(`no node ${id}`);
    return node;
  }

  #after(parent: ModelNode, previous: number): number {
    if (previous === 0) return 0;
    const at = parent.children.indexOf(this.get(previous));
    if (at < 0) throw new Error(`${previous} is not in ${parent.id}`);
    return at + 1;
  }

  #takeOut(node: ModelNode): void {
    const siblings = node.parent?.children ?? [];
    const at = siblings.indexOf(node);
    if (at < 0) throw new Error(`${node.id} is not in its parent`);
    siblings.splice(at, 1);
    node.parent = null;
  }

  #drop(node: ModelNode): void {
    this.nodes.delete(node.id);
    if (node.root) this.#drop(node.root);
    for (const child of node.children) this.#drop(child);
  }

  #blank(id: number, kind: NodeKind | 0, name: string, parent: ModelNode | null = null): ModelNode {
    if (this.nodes.has(id)) throw new Error(`id ${id} used twice`);
    const node = { id, kind, name, attributes: {}, text: "", children: [], parent, root: null, expanded: true };
    this.nodes.set(id, node);
    return node;
  }

  #read(parent: ModelNode, next: { id: number }): ModelNode {
    const r = this.#reader;
    const head = r.head();
    if (typeof head !== "number") {
      const element = this.#blank(next.id++, head.kind as NodeKind, head.tag, parent);
      for (const name of head.names) element.attributes[name] = r.str();
      const count = r.num();
      element.expanded = count >= 0;
      for (let n = count; n > 0; n--) element.children.push(this.#read(element, next));
      return element;
    }
    const kind = head as NodeKind;
    const node = this.#blank(next.id++, kind, "", parent);
    if (kind === NodeKind.Text) node.text = r.str();
    else if (kind === NodeKind.Doctype) node.name = [r.str(), r.str(), r.str()].join(" ");
    else if (kind !== NodeKind.Comment) node.name = r.str();
    if (kind === NodeKind.Masked) {
      node.text = `${r.num()}x${r.num()} ${r.str()}`;
      this.#readAttributes(node);
    }
    return node;
  }

  #readAttributes(node: ModelNode): void {
    const r = this.#reader;
    for (let n = r.num(); n > 0; n--) {
      const name = r.str();
      node.attributes[name] = r.str();
    }
  }
}

/** The model's tree as one string. */
export function printModel(node: ModelNode): string {
  const root = node.root ? `{${node.root.children.map(printModel).join("")}}` : "";
  const inside = node.children.map(printModel).join("");
  if (node.kind === NodeKind.Text) return `"${node.text}"`;
  if (node.kind === NodeKind.Comment) return "<!>";
  if (node.kind === NodeKind.Doctype) return "<!doctype>";
  if (node.kind === NodeKind.Hidden) return `<${node.name}>`;
  const attributes = Object.entries(node.attributes);
  return `<${node.kind === NodeKind.Masked ? "masked " : ""}${node.name}${printAttributes(attributes)}>${root}${inside}</>`;
}

function printAttributes(list: [string, string][]): string {
  return list
    .map(([name, value]) => ` ${name}=${value}`)
    .sort()
    .join("");
}

const CHILDLESS = new Set(["textarea", "iframe", "template", "canvas", "object", "embed"]);

/** The page's tree in the same form, by rules of its own: `.no-upscope` is a block, a text field with it keeps its place. */
export function printPage(node: Node): string {
  if (node.nodeType === 3) return `"${(node as Text).data}"`;
  if (node.nodeType === 8) return "<!>";
  if (node.nodeType === 10) return "<!doctype>";
  const element = node as Element;
  const tag = element.localName;
  if (tag === "script" || tag === "noscript") return `<${tag}>`;
  const isField = tag === "textarea" || (tag === "input" && (element as HTMLInputElement).type === "text");
  const isBox = element.matches(".no-upscope");
  const kept = [...element.attributes].map(({ name, value }): [string, string] => [name, value]);
  // A masked field says what it is for; those of the edits have neither type nor autocomplete that would tell.
  const told: [string, string][] = element.matches("input, textarea, select") ? [["data-twinpane-masked", ""]] : [];
  const ofMasked = printAttributes([...kept.filter(([name]) => name === "class"), ...told]);
  if (isBox) return isField ? `<${tag}${ofMasked}></>` : `<masked ${tag}${ofMasked}></>`;
  const root = element.shadowRoot ? `{${[...element.shadowRoot.childNodes].map(printPage).join("")}}` : "";
  const frame = tag === "iframe" ? (element as HTMLIFrameElement).contentDocument : null;
  const inFrame = frame ? `{${[...frame.childNodes].map(printPage).join("")}}` : root;
  const inside = CHILDLESS.has(tag) ? "" : [...element.childNodes].map(printPage).join("");
  return `<${tag}${printAttributes(kept.filter(([name]) => !name.startsWith("on") && name !== "srcdoc"))}>${inFrame}${inside}</>`;
}
