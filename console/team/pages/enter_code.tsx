/** The four digits that a visitor reads out: one field each, pasted at once, sent when complete. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { PageHead } from "../parts/controls.tsx";
import { useTask } from "../parts/resource.tsx";
import { DIGITS, digitsIn, moveFrom, typedAt } from "../state/code.ts";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const { api } = useDesk();
  const { route } = useLocation();
  const [digits, setDigits] = useState<readonly string[]>(() => Array(DIGITS).fill(""));
  const fields = useRef<HTMLInputElement[]>([]);
  const { busy, problem, run } = useTask();
  const focus = (place: number) => fields.current[place]?.focus();

  const fill = (next: readonly string[]) => {
    setDigits(next);
    if (next.some((digit) => digit === "")) return;
    run(async () => {
      const { visitor } = await api("POST /lookup", { body: { code: next.join("") } });
      route(`/console/visitors/${visitor.short_id}?code`);
    });
  };
  const fillRef = useRef(fill);
  fillRef.current = fill;
  useEffect(() => focus(0), []);
  // Refused: the digits stay to be looked at, the next one typed replaces the last.
  useEffect(() => {
    if (problem) focus(DIGITS - 1);
  }, [problem]);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const pasted = digitsIn(event.clipboardData?.getData("text") ?? "");
      if (!pasted) return;
      event.preventDefault();
      fillRef.current(pasted);
      focus(DIGITS - 1);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, []);

  return (
    <div class="page narrow code-page">
      <PageHead title={WORDS.code.title} lead={WORDS.code.lead} />
      <fieldset class="code-entry" aria-describedby="code-said" aria-busy={busy}>
        <legend>{WORDS.code.legend}</legend>
        {digits.map((digit, place) => (
          <input
            // A digit is known by its place.
            key={place}
            ref={(field) => {
              if (field) fields.current[place] = field;
            }}
            class="input digit figures"
            inputMode="numeric"
            autoComplete="off"
            maxLength={DIGITS + 1}
            aria-label={WORDS.code.digit(place + 1)}
            aria-invalid={problem !== null}
            readOnly={busy}
            value={digit}
            onFocus={(event) => event.currentTarget.select()}
            onInput={(event) => {
              const typed = typedAt(digits, place, event.currentTarget.value);
              event.currentTarget.value = typed.digits[place] ?? "";
              fill(typed.digits);
              focus(typed.focus);
            }}
            onKeyDown={(event) => {
              const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
              const to = moveFrom(place, event.key, digit === "", rtl);
              if (to === null) return;
              event.preventDefault();
              if (event.key === "Backspace") setDigits(digits.map((one, at) => (at === to ? "" : one)));
              focus(to);
            }}
          />
        ))}
      </fieldset>
      <p id="code-said" role="status" class={problem ? "problem" : "hint"}>
        {busy
          ? WORDS.code.checking
          : problem
            ? problem.code === "not_found"
              ? WORDS.code.unknown
              : problem.words
            : WORDS.code.how}
      </p>
    </div>
  );
}
