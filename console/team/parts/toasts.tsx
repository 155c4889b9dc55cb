/** Short words about what was done, said by screen readers too; gone after some seconds. */
import { signal } from "@preact/signals";

interface Toast {
  readonly id: number;
  readonly words: string;
  readonly bad: boolean;
}

const SHOWN_MS = 5000;
const toasts = signal<readonly Toast[]>([]);
let last = 0;

export function toast(words: string, bad = false): void {
  last += 1;
  const id = last;
  toasts.value = [...toasts.value, { id, words, bad }].slice(-3);
  setTimeout(() => {
    toasts.value = toasts.value.filter((one) => one.id !== id);
  }, SHOWN_MS);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, words, bad }) => (
        <p key={id} class={bad ? "bad" : ""}>
          {words}
        </p>
      ))}
    </div>
  );
}
