/**
 * The encoding of page facts (SPEC F1, F5, F6): one flat JSON array a batch, `[FACTS_VERSION, op, …fields, op, …fields]`.
 *
 * Slots in the table below:
 * - `id`   a node id, ascending, given by the page; 0 is the main document
 * - `n`    a number; `b` is 0 or 1
 * - `str`  a dictionary slot: a string (if it has at most DICTIONARY_MAX_LENGTH characters it takes the next free
 *          index on both sides) or a number, the index of an earlier one. The dictionary lives as long as the epoch.
 * - `text` a plain string, never put into the dictionary; `?` after a slot allows null
 * - `NODE*k` k nodes in document order, see NodeKind; ids follow one another from the `id` called first, in pre-order
 */
import { FORMS_MAX, type Form, Forms, stepTo } from "./forms.ts";

export const FACTS_VERSION = 2;
export const DICTIONARY_MAX_LENGTH = 24;
/** A dictionary that is full takes no more: it lives as long as the epoch, and values may never end. */
export const DICTIONARY_MAX_SIZE = 50_000;

/** Ids within frames of other sites (Embedded) begin here; those of the page itself are below. */
export const FIRST_FOREIGN_ID = 2 ** 30;

export enum Op {
  /** text url, text title. The main document's address; sent again at every navigation within it. */
  Page = 1,
  /** n width, n height, n devicePixelRatio, b dark, b reducedMotion, b hover. Layout viewport, CSS pixels. */
  Viewport = 2,
  /**
   * id host, id root, n RootKind, b quirks, text base, n count, NODE*count. Begins a document or shadow root; the first node's
   * id is root + 1. host is 0 and root 0 for the main document; host is the frame element or shadow host otherwise.
   * A root told again replaces the earlier one of that host.
   */
  Root = 3,
  /** id parent, id first, n count, NODE*count. Tells the children of a node that came unexpanded (count -1). */
  Expand = 4,
  /** id parent, id previous (0: at the start), id first, n count, NODE*count. */
  Insert = 5,
  /** id parent, id previous (0: at the start), n count, id*count. The nodes exist and go here, one after another. */
  Move = 6,
  /** n count, id*count. Gone for good, with all inside. */
  Remove = 7,
  /** n count, id*count. Taken out; a Move in this batch puts each back. */
  Detach = 8,
  /** id, str name, str? value. null removes. */
  Attribute = 9,
  /** id, text data. */
  Text = 10,
  /** id, n start, n deleted, text inserted. UTF-16 units. */
  Splice = 11,
  /** id, n count, (str property, str? value, b important)*count. Changed inline style properties; null removes. */
  Style = 12,
  /** id, text value. Live value of an input or textarea. */
  Value = 13,
  /** id, n 0 unchecked 1 checked 2 indeterminate. */
  Checked = 14,
  /** id, n count, n*count. Indexes of a select's chosen options. */
  Selected = 15,
  /** id, n x, n y. Scroll offset of a box in CSS pixels; a root id means that document's viewport. */
  Scroll = 16,
  /** id (-1: none), b visible (focus ring). Also into shadow roots and frames: the deepest. */
  Focus = 17,
  /** id anchor, n offset, id focus, n offset. Anchor -1: nothing selected. */
  Selection = 18,
  /** id, n start, n end. Selection or caret in an input or textarea. */
  FieldSelection = 19,
  /** id (-1: none). The deepest element under the visitor's pointer. */
  Hover = 20,
  /** n x, n y, b pressed. The visitor's pointer in the layout viewport, CSS pixels; x -1: gone. In volatile frames. */
  Pointer = 21,
  /** n sheet, text css. A constructed sheet; ids of sheets are their own series from 1. */
  Sheet = 22,
  /** id root, n count, n*count. Adopted sheets of a document or shadow root, in order. */
  Adopt = 23,
  /** n ref, n count, text*count. All rules of a sheet. ref > 0: node id of the style or link element; ref < 0: -sheet. */
  Rules = 24,
  /** n ref, n depth, n*depth path of grouping rules, n index, text rule. */
  RuleInsert = 25,
  /** n ref, n depth, n*depth, n index. */
  RuleDelete = 26,
  /** n ref, n depth, n*depth path of the rule itself, text css. The rule's whole text after an edit through CSSOM. */
  RuleReplace = 27,
  /** n ref, b disabled, text media. */
  SheetState = 28,
  /** id, n width, n height, text? dataUrl. What a canvas shows. */
  Canvas = 29,
  /** id, b paused, n time_s, n rate, b muted, n volume. */
  Media = 30,
  /** id, n 0 closed 1 open 2 modal 3 popover shown. Dialogs and popovers. */
  TopLayer = 31,
  /** id from, id until, b last, n TreeDigest of the nodes with numbers from `from` on and below `until`; `last`: so all are told. */
  Digest = 32,
  /** text reason. Something of the page that is not told faithfully; shown to the agent. id, text reason. */
  Unfaithful = 33,
  /** id, str state, b on. A state that the stage cannot come to by itself; see StateName. */
  State = 34,
  /** n count, (str feature, str values)*count. How the visitor's device answers media features; its values with spaces between. */
  Device = 35,
  /** n scale, n x, n y. The part of the layout viewport that the visitor sees after pinch zoom: its size is the viewport's by scale. */
  VisualViewport = 36,
  /** id frame, n base, text batch. A batch from within a frame of another site; its ids count from base, its dictionary is its own. */
  Embedded = 37,
  /** id slot, n count, id*count. What a script put into a slot of a shadow root with manual slots. */
  Assigned = 38,
  /**
   * id, n width, n height, n count, (n x, n y, text dataUrl)*count. Pieces that changed of what a canvas or a video shows; width
   * and height are those of the whole picture, which may be smaller than what shows it.
   */
  Tiles = 40,
  /** id, text url, n density. What the visitor's browser chose from the candidates of an image. */
  Candidate = 41,
  /** id document, n font, text family, text sources, n count, (str descriptor, str value)*count. A font that a script added. */
  Font = 42,
  /** id document, n font. */
  FontGone = 43,
  /**
   * n animation, id, str pseudo, text keyframes, n delay_ms, n endDelay_ms, n iterationStart, n iterations (-1: for ever),
   * n duration_ms, str fill, str direction, str easing. An animation that a script made; keyframes are JSON. Animations are
   * a series of their own from 1. Told again when it was changed.
   */
  Animation = 44,
  /** n animation, id, str pseudo, b transition, str name. One that CSS made: the stage has it by itself. */
  CssAnimation = 45,
  /** n animation, n 0 cancelled 1 running 2 paused 3 finished, n time_ms, n rate. */
  AnimationState = 46,
  /** id, n count, n*count: 0 disabled 1 hidden 2 showing. The text tracks of a video, in order. */
  Tracks = 47,
  /**
   * str name, n count, (n step, ref? value)*count. One attribute of many elements; a step leads from the id before, at first from 0.
   * `ref` is an index of the dictionary or a plain string, which is not put into it: what changes often would fill it.
   */
  Attributes = 48,
  /** n count, (n step, text data)*count. Texts of many nodes, steps as in Attributes. */
  Texts = 49,
  /**
   * str agent, n mark, id, n shape, n color, n count, n*count. A drawing that the page shows: by whom, its number there, on which
   * node; the shape by its place in SHAPES, the colour as one number, x and y in turn as parts of the node's box. Told again it
   * takes the earlier one's place.
   */
  Mark = 50,
  /** str agent, n mark, n count, n*count. Points that a drawing got. */
  MarkMore = 51,
  /** str agent, n mark. */
  MarkGone = 52,
  /** n percent, n interval_ms. Part of the page's main thread that capture takes, over its budget; batches are so far apart. 0, 0: within. */
  Cost = 53,
}

export enum NodeKind {
  /**
   * str tag, n attributes, (str name)*, (str value)*, n children (-1: told later by Expand), NODE*children. This names a form (see
   * forms.ts); the next element of that form is: n FIRST_FORM + number of the form, (str value)*, n children, NODE*children.
   */
  Html = 1,
  Svg = 2,
  MathMl = 3,
  /** str data. A text that is a string in the batch, and not an index, comes without this number. */
  Text = 4,
  /** str tag, n width, n height, str display, n attributes, (str name, str value)*. Opaque box of a masked element (SPEC M2). */
  Masked = 5,
  /** str name, str publicId, str systemId. */
  Doctype = 6,
  /** No fields: comments, processing instructions. They keep their place, not their text. */
  Comment = 7,
  /** str tag. An element that is not told (script, noscript, our own cards); keeps its place. */
  Hidden = 8,
}

/** Numbers from here on stand for forms. */
export const FIRST_FORM = 16;

/** ManualShadow: a shadow root whose slots are filled by Assigned. Template: the content of a template element. */
export enum RootKind {
  Document = 0,
  Shadow = 1,
  Frame = 2,
  ManualShadow = 3,
  Template = 4,
}

/** Names of states, pseudo-classes of CSS; `state(name)` is that of a custom element. */
export type StateName = "target" | "fullscreen" | "user-valid" | "user-invalid" | "autofill" | `state(${string})`;

/** One slot of a batch. */
export type Slot<Text extends string = string> = number | Text | null;

/**
 * Collects one batch; keeps the dictionary of the epoch. `Text` is the type of strings that may be written: the SDK narrows it
 * to text that a mask let through, so that a raw string of the page does not compile.
 */
export class FactWriter<Text extends string = string> {
  slots: Slot<Text>[] = [FACTS_VERSION];
  #dictionary = new Map<string, number>();
  readonly #forms = new Forms();

  get empty(): boolean {
    return this.slots.length === 1;
  }

  /** Append a dictionary slot. */
  str(value: Text): void {
    if (value.length > DICTIONARY_MAX_LENGTH) {
      this.slots.push(value);
      return;
    }
    const index = this.#dictionary.get(value);
    if (index === undefined) {
      if (this.#dictionary.size < DICTIONARY_MAX_SIZE) this.#dictionary.set(value, this.#dictionary.size);
      this.slots.push(value);
    } else {
      this.slots.push(index);
    }
  }

  /** Append a string that may be in the dictionary but is not put into it; or null. */
  refOrNull(value: Text | null): void {
    const index = value !== null && value.length <= DICTIONARY_MAX_LENGTH ? this.#dictionary.get(value) : undefined;
    this.slots.push(index ?? value);
  }

  /** Append a dictionary slot that may be null. */
  strOrNull(value: Text | null): void {
    if (value === null) this.slots.push(null);
    else this.str(value);
  }

  /** Append an element with the first `count` names and values, up to its number of children. */
  element(kind: number, tag: Text, names: readonly Text[], values: readonly Text[], count: number): void {
    let form = this.#forms.begin(kind, tag);
    for (let i = 0; i < count; i++) form = stepTo(form, names[i] as Text);
    if (form.number >= 0) {
      this.slots.push(FIRST_FORM + form.number);
    } else {
      this.#forms.add(form);
      this.slots.push(kind);
      this.str(tag);
      this.slots.push(count);
      for (let i = 0; i < count; i++) this.str(names[i] as Text);
    }
    for (let i = 0; i < count; i++) this.str(values[i] as Text);
  }

  /** Append a text node. */
  textNode(data: Text): void {
    if (data.length <= DICTIONARY_MAX_LENGTH && this.#dictionary.has(data)) this.slots.push(NodeKind.Text);
    this.str(data);
  }

  /** Return the batch and begin the next one in the same epoch. */
  take(): Slot<Text>[] {
    const batch = this.slots;
    this.slots = [FACTS_VERSION];
    return batch;
  }
}

/** What a peer sent cannot be read as facts; the player asks for a snapshot. */
export class BadFacts extends Error {}

/** Reads one batch after another; keeps the dictionary of the epoch. */
export class FactReader {
  #slots: readonly Slot[] = [];
  #at = 0;
  #dictionary: string[] = [];
  readonly #forms: Form[] = [];

  /** Take the next batch. Throws BadFacts for another version. */
  open(slots: readonly Slot[]): void {
    if (slots[0] !== FACTS_VERSION) throw new BadFacts(`facts version ${String(slots[0])}`);
    this.#slots = slots;
    this.#at = 1;
  }

  get done(): boolean {
    return this.#at >= this.#slots.length;
  }

  /** Read a number. */
  num(): number {
    const slot = this.#slots[this.#at++];
    if (typeof slot !== "number") throw new BadFacts(`number expected at ${this.#at - 1}`);
    return slot;
  }

  /** Read how a node begins: the form of an element, else its kind. The data of a text follows as `str`. */
  head(): Form | number {
    if (typeof this.#slots[this.#at] === "string") return NodeKind.Text;
    const first = this.num();
    if (first >= FIRST_FORM) {
      const form = this.#forms[first - FIRST_FORM];
      if (!form) throw new BadFacts(`no form ${first - FIRST_FORM}`);
      return form;
    }
    if (first > NodeKind.MathMl) return first;
    const tag = this.str();
    const names: string[] = [];
    for (let count = this.num(); count > 0; count--) names.push(this.str());
    const form = { kind: first, tag, names };
    if (this.#forms.length < FORMS_MAX) this.#forms.push(form);
    return form;
  }

  /** Read a plain string. */
  text(): string {
    const slot = this.#slots[this.#at++];
    if (typeof slot !== "string") throw new BadFacts(`text expected at ${this.#at - 1}`);
    return slot;
  }

  /** Read a plain string or null. */
  textOrNull(): string | null {
    if (this.#slots[this.#at] !== null) return this.text();
    this.#at++;
    return null;
  }

  /** Read a dictionary slot. */
  str(): string {
    const slot = this.#slots[this.#at++];
    if (typeof slot === "number") {
      const known = this.#dictionary[slot];
      if (known === undefined) throw new BadFacts(`dictionary has no ${slot}`);
      return known;
    }
    if (typeof slot !== "string") throw new BadFacts(`string expected at ${this.#at - 1}`);
    if (slot.length <= DICTIONARY_MAX_LENGTH && this.#dictionary.length < DICTIONARY_MAX_SIZE)
      this.#dictionary.push(slot);
    return slot;
  }

  /** Read a string that is in the dictionary or stands here, or null. */
  refOrNull(): string | null {
    return typeof this.#slots[this.#at] === "number" ? this.str() : this.textOrNull();
  }

  /** Read a dictionary slot or null. */
  strOrNull(): string | null {
    if (this.#slots[this.#at] !== null) return this.str();
    this.#at++;
    return null;
  }
}
