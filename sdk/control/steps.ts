/**
 * Runs the steps of one wish in tasks of their own. In a real click what a listener put off by promises runs before the browser goes
 * on; between events that a script fires one after another it would not, and then a late `focus()` of the page wins over ours.
 */
export type Step = () => void;

export interface Steps {
  /** Run the first step now, each other one in its own task. */
  begin(steps: readonly Step[]): void;
  /** Run at once what is left: another wish is here. */
  finish(): void;
  stop(): void;
}

export function createSteps(around: (step: Step) => void): Steps {
  const channel = new MessageChannel();
  let left: Step[] = [];

  function next(): void {
    const step = left.shift();
    if (step) around(step);
    if (left.length) channel.port2.postMessage(0);
  }
  channel.port1.onmessage = next;
  return {
    begin(steps) {
      left = [...steps];
      next();
    },
    finish() {
      for (let step = left.shift(); step; step = left.shift()) around(step);
    },
    stop() {
      left = [];
      channel.port1.close();
    },
  };
}
