// Both sides of a measurement. Times are epoch milliseconds with fractions; both pages run on one machine's clock.
globalThis.nowMs = () => performance.timeOrigin + performance.now();

// Visitor: change `#clock` n times at uneven moments; `busy` also changes 100 texts and attributes every 50 ms.
globalThis.makeChanges = async (n, busy) => {
  const clock = document.getElementById("clock");
  const items = document.getElementById("list").children;
  const changedAt = {};
  let round = 0;
  const storm = busy
    ? setInterval(() => {
        round++;
        for (let i = 0; i < 100; i++) {
          const item = items[(round * 37 + i * 7) % items.length];
          item.lastChild.data = `b${round + i}`;
          item.setAttribute("data-round", String(round + i));
        }
      }, 50)
    : 0;
  for (let i = 1; i <= n; i++) {
    await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 40));
    changedAt[i] = nowMs();
    clock.textContent = `tick ${i}`;
  }
  clearInterval(storm);
  return changedAt;
};

// Agent: note when each tick is in the mirror and when the frame that shows it has been painted.
globalThis.watchClock = (mirror) => {
  const clock = mirror?.getElementById("clock");
  if (!clock) return false;
  globalThis.paintedAt = {};
  const see = () => {
    const tick = Number(clock.textContent.split(" ")[1]);
    if (!tick || tick in paintedAt) return;
    paintedAt[tick] = null;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => {
        paintedAt[tick] = nowMs();
      };
      painted.port2.postMessage(0);
    });
  };
  new MutationObserver(see).observe(clock, { subtree: true, childList: true, characterData: true });
  return true;
};
