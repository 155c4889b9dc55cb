/** How the visitor's device answers media features: the stage's sheets follow it, also when it changes. */
import { USUAL_ANSWERS } from "#protocol/device";
import { Op } from "#protocol/facts";
import { rulesOf } from "./loaded.ts";
import { type Kinds, type Mirror, readCount } from "./mirror.ts";

type Root = Document | ShadowRoot;

function isGone(root: Root): boolean {
  return root.nodeType === 9 ? (root as Document).defaultView === null : !root.isConnected;
}

export function startDevice({ media, rootBegins, settle }: Mirror): Kinds {
  const roots = new Set<Root>();
  let changed = false;
  for (const [feature, answer] of Object.entries(USUAL_ANSWERS)) media.set(feature, answer);

  function again(list: MediaList): void {
    const now = media.again(list.mediaText);
    if (now !== list.mediaText) list.mediaText = now;
  }

  function answerIn(root: Root): void {
    for (const element of root.querySelectorAll("[media]")) {
      const told = element.getAttribute("media") ?? "";
      const now = media.again(told);
      if (now !== told) element.setAttribute("media", now);
    }
    for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) {
      again(sheet.media);
      for (const rule of rulesOf(sheet)) if ("media" in rule) again(rule.media as MediaList);
    }
  }

  rootBegins.push((root) => roots.add(root));
  settle.push(() => {
    if (!changed) return;
    changed = false;
    for (const root of roots) {
      if (isGone(root)) roots.delete(root);
      else answerIn(root);
    }
  });
  return {
    [Op.Device]: (facts) => {
      for (let count = readCount(facts); count > 0; count--) media.set(facts.str(), facts.str());
      changed = true;
    },
  };
}
