/** The small parts that all pages are made of. Native elements wherever one does the job. */
import type { ButtonHTMLAttributes, ComponentChildren, InputHTMLAttributes } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "../icons.tsx";
import { WORDS } from "../words.ts";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon"> {
  icon?: IconName;
  /** How much it weighs: one `first` a page. */
  look?: "first" | "plain" | "bad" | "quiet";
  /** Something it began is still running. */
  busy?: boolean;
  /** Takes the focus as soon as it is there. */
  focused?: boolean;
  disabled?: boolean;
  type?: "button" | "submit";
  children: ComponentChildren;
}

export function Button({ icon, look = "plain", busy, focused, type = "button", children, ...rest }: ButtonProps) {
  const shown = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) shown.current?.focus();
  }, [focused]);
  return (
    <button
      {...rest}
      ref={shown}
      type={type}
      class={`button ${look}`}
      aria-busy={busy}
      disabled={busy || rest.disabled}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon"> {
  icon: IconName;
  name: string;
  popovertarget?: string;
  disabled?: boolean;
}

/** A button that shows only its icon; its name is said by screen readers and shown on hover. */
export function IconButton({ icon, name, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type="button" class="icon-button" aria-label={name} title={name}>
      <Icon name={icon} />
    </button>
  );
}

interface FieldProps {
  label: string;
  hint?: ComponentChildren | undefined;
  /** What is wrong with its value, in words. */
  problem?: string | undefined;
  children: (ids: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean }) => ComponentChildren;
}

/** A labelled control with its hint and its problem, tied together for screen readers. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ") || undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, "aria-describedby": described, "aria-invalid": problem !== undefined })}
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "label" | "onInput" | "value"> {
  label: string;
  hint?: ComponentChildren | undefined;
  problem?: string | undefined;
  value: string | number;
  onText?: (text: string) => void;
}

export function TextField({ label, hint, problem, value, onText, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(ids) => (
        <input
          {...(rest as object)}
          {...ids}
          value={value}
          class="input"
          onInput={(event) => onText?.(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

/** A checkbox that looks and is announced as a switch. */
export function Switch({ label, hint, on, disabled, onChange }: SwitchProps) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="switch-words">
        <span>{label}</span>
        {hint && <span class="hint">{hint}</span>}
      </span>
    </label>
  );
}

/** A secret or address that is shown once, with a button that copies it. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="copyable">
      <input
        class="input code"
        readOnly
        value={text}
        aria-label={label}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        icon={copied ? "check" : "copy"}
        onClick={() => {
          navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => setCopied(false),
          );
        }}
      >
        {copied ? WORDS.copied : WORDS.copy}
      </Button>
    </div>
  );
}

export function Badge({
  look = "soft",
  children,
}: {
  look?: "soft" | "accent" | "warn" | "bad";
  children: ComponentChildren;
}) {
  return <span class={`badge ${look}`}>{children}</span>;
}

/** The head of a page: what it is, and what can be done on it. */
export function PageHead({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <header class="page-head">
      <div>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      {children && <div class="page-acts">{children}</div>}
    </header>
  );
}

interface ChecksProps<Name extends string> {
  legend: string;
  names: readonly Name[];
  chosen: readonly Name[];
  onChosen: (chosen: readonly Name[]) => void;
  wordsOf: (name: Name) => ComponentChildren;
  children?: ComponentChildren;
}

/** Choose any number of some names; they stay in the order in which they are given. */
export function Checks<Name extends string>({ legend, names, chosen, onChosen, wordsOf, children }: ChecksProps<Name>) {
  return (
    <fieldset class="checks">
      <legend>{legend}</legend>
      {names.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) =>
              onChosen(names.filter((one) => (one === name ? event.currentTarget.checked : chosen.includes(one))))
            }
          />
          {wordsOf(name)}
        </label>
      ))}
      {children}
    </fieldset>
  );
}
