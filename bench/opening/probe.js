// In the agent's window: notes when frames were painted that show the picture. Milliseconds since the watch URL was opened.
if (window === top) {
  const at = (globalThis.shownAt = {});
  const isShown = (element) => element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ?? false;
  const look = () => {
    const frame = document.querySelector("iframe");
    const stage = frame?.contentDocument;
    const { first, last, styled } = sought;
    const node = stage?.querySelector(first);
    const sees = isShown(frame) && isShown(node) && !document.querySelector(".card.cover");
    if (sees && (!styled || stage.styleSheets.length > 0)) note("first");
    if (at.first && stage?.querySelector(last)) note("whole");
    if (!at.whole) requestAnimationFrame(look);
  };
  // What a frame's callback finds is painted with that frame.
  const note = (name) => {
    if (name in at) return;
    at[name] = null;
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      at[name] = performance.now();
      at[`nodes_at_${name}`] ??= nodes;
    };
    const nodes = document.querySelector("iframe").contentDocument.querySelectorAll("*").length;
    painted.port2.postMessage(0);
  };
  requestAnimationFrame(look);
}
