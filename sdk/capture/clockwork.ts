/** When capture works: never in the page's own callbacks, but in tasks after the frame that let input go first. */
import { native, type Stop, type View } from "./natives.ts";

/** Where no frame comes (hidden tab, frame out of sight) a batch leaves after this. */
const NO_FRAME_MS = 200;

export interface Clockwork {
  /** Run after the next frame, but not before `delay_ms`; once, however often asked. */
  afterFrame(delay_ms: number): void;
  /** Run in a task of its own, as soon as input has had its turn. */
  next(work: () => void): void;
  later(work: () => void, delay_ms: number): Stop;
  stop: Stop;
}

export function startClockwork(page: View, work: () => void): Clockwork {
  const frame = native(page, "requestAnimationFrame");
  const cancelFrame = native(page, "cancelAnimationFrame");
  const timer = native(page, "setTimeout") as typeof setTimeout;
  const clear = native(page, "clearTimeout");
  const channel = new (native(page, "MessageChannel"))();
  const tasks: (() => void)[] = [];
  let asked = false;
  let stopped = false;
  let frameId = 0;
  let timerId: ReturnType<typeof setTimeout> | undefined;

  channel.port1.onmessage = () => {
    const task = tasks.shift();
    if (task && !stopped) task();
  };
  function next(task: () => void): void {
    tasks.push(task);
    channel.port2.postMessage(0);
  }
  function run(): void {
    if (!asked) return;
    asked = false;
    cancelFrame.call(page, frameId);
    clear.call(page, timerId as never);
    next(work);
  }
  function awaitFrame(): void {
    frameId = frame.call(page, run);
    timerId = timer.call(page, run, page.document.hidden ? 0 : NO_FRAME_MS) as never;
  }
  return {
    next,
    afterFrame(delay_ms) {
      if (asked || stopped) return;
      asked = true;
      if (delay_ms > 0) timerId = timer.call(page, awaitFrame, delay_ms) as never;
      else awaitFrame();
    },
    later(task, delay_ms) {
      const id = timer.call(page, () => !stopped && task(), delay_ms);
      return () => clear.call(page, id as never);
    },
    stop() {
      stopped = true;
      cancelFrame.call(page, frameId);
      clear.call(page, timerId as never);
      channel.port1.close();
    },
  };
}
