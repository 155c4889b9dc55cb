/** A question or form over the page: the browser's own modal dialog, with its focus and Esc. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { WORDS } from "../words.ts";
import { Button, Copyable, IconButton } from "./controls.tsx";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** Open while it is rendered. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const shown = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = shown.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={shown} class="dialog" aria-labelledby={id} onClose={onClose} closedby="any">
      <div class="dialog-body">
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" name={WORDS.close} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

interface MadeProps {
  title: string;
  detail: string;
  label: string;
  text: string;
  onClose: () => void;
}

/** Show what is told once, to be copied: a secret, a link. */
export function Made({ title, detail, label, text, onClose }: MadeProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{detail}</p>
      <Copyable text={text} label={label} />
      <footer>
        <Button look="first" onClick={onClose}>
          {WORDS.done}
        </Button>
      </footer>
    </Dialog>
  );
}

interface ConfirmProps {
  title: string;
  detail: string;
  act: string;
  busy: boolean;
  problem?: string | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Ask before what cannot be undone; the way out comes first. */
export function Confirm({ title, detail, act, busy, problem, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{detail}</p>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <footer>
        <Button onClick={onClose}>{WORDS.cancel}</Button>
        <Button look="bad" busy={busy} onClick={onConfirm}>
          {act}
        </Button>
      </footer>
    </Dialog>
  );
}
