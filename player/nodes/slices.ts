/** Long work gives way to input and painting. */

/** Resolve in a later task, soon, also in a hidden tab. Not `scheduler.yield`: it goes before the agent's other work. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
