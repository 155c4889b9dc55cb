/**
 * Text of style elements. What is told is kept aside and only the rewritten whole reaches the element, in its first text: no
 * address may be put together from two texts.
 */
import { isElement, isText } from "../nodes/numbers.ts";
import { rewriteCss } from "../stage/css.ts";
import type { Mirror } from "./mirror.ts";

export interface StyleTexts {
  /** Set a text's data, wherever it is. */
  setText(text: Text, data: string): void;
  /** The data as it was told. */
  textOf(text: Text): string;
  /** Call before a text gets another parent, with the new one. */
  willMove(node: Node, parent: Node): void;
  /** Call when children of an element came or went. */
  childrenChanged(parent: Node): void;
  /** Bring a style element up to date now. */
  settle(): void;
}

function isStyle(node: Node | null): node is Element {
  return node !== null && isElement(node) && node.localName === "style";
}

export function startStyleTexts(mirror: Mirror): StyleTexts {
  const told = new WeakMap<Text, string>();
  const dirty = new Set<Element>();

  function settle(): void {
    for (const style of dirty) {
      const texts = [...style.childNodes].filter(isText);
      const css = texts.map((text) => told.get(text) ?? text.data).join("");
      const rewritten = rewriteCss(css, mirror.addressOf(style.ownerDocument));
      texts.forEach((text, index) => {
        const data = index === 0 ? rewritten : "";
        if (text.data !== data) text.data = data;
      });
    }
    dirty.clear();
  }

  mirror.settle.push(settle);
  return {
    settle,
    textOf: (text) => told.get(text) ?? text.data,
    setText: (text, data) => {
      if (!isStyle(text.parentNode)) text.data = data;
      else {
        told.set(text, data);
        dirty.add(text.parentNode);
      }
    },
    willMove: (node, parent) => {
      if (!isText(node)) return;
      if (isStyle(node.parentNode)) dirty.add(node.parentNode);
      if (isStyle(parent)) {
        if (!told.has(node)) told.set(node, node.data);
        node.data = "";
        dirty.add(parent);
      } else {
        const data = told.get(node);
        if (data !== undefined) node.data = data;
        told.delete(node);
      }
    },
    childrenChanged: (parent) => {
      if (isStyle(parent)) dirty.add(parent);
    },
  };
}
