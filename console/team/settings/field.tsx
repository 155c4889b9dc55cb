/** One setting of the form, by its kind. "Not set" is a value of its own: then the page's, else the default holds. */
import { Field, TextField } from "../parts/controls.tsx";
import { WORDS } from "../words.ts";
import { badSelector, type Draft, linesOf, type SettingField } from "./fields.ts";

interface SettingProps {
  field: SettingField;
  draft: Draft;
  problem: string | undefined;
  isLocked: boolean;
  change: (name: SettingField["name"], value: unknown) => void;
}

export function Setting({ field, draft, problem, isLocked, change }: SettingProps) {
  const { name, kind } = field;
  const value = draft[name];
  const [label, hint] = WORDS.settings.names[name] ?? [name];
  const set = (next: unknown) => change(name, next === "" ? undefined : next);
  const otherwise = otherwiseOf(field);
  switch (kind) {
    case "flag":
      return (
        <Field label={label} hint={hint} problem={problem}>
          {(ids) => (
            <select
              {...ids}
              class="input"
              disabled={isLocked}
              value={value === undefined ? "" : String(value)}
              onChange={({ currentTarget: { value: picked } }) => set(picked === "" ? undefined : picked === "true")}
            >
              <option value="">{otherwise}</option>
              <option value="true">{WORDS.settings.yes}</option>
              <option value="false">{WORDS.settings.no}</option>
            </select>
          )}
        </Field>
      );
    case "lines": {
      const lines = value as string[] | undefined;
      const bad = badSelector(lines);
      return (
        <Field
          label={label}
          hint={hint ? `${hint} ${WORDS.settings.onePerLine}` : WORDS.settings.onePerLine}
          problem={bad ? WORDS.settings.badSelector(bad) : problem}
        >
          {(ids) => (
            <textarea
              {...ids}
              class="input code"
              rows={4}
              spellcheck={false}
              readOnly={isLocked}
              defaultValue={lines?.join("\n") ?? ""}
              onInput={(event) => set(linesOf(event.currentTarget.value))}
            />
          )}
        </Field>
      );
    }
    case "long":
      return (
        <Field label={label} hint={hint} problem={problem}>
          {(ids) => (
            <textarea
              {...ids}
              class="input"
              rows={2}
              placeholder={otherwise}
              readOnly={isLocked}
              value={(value as string | undefined) ?? ""}
              onInput={(event) => set(event.currentTarget.value)}
            />
          )}
        </Field>
      );
    case "number":
      return (
        <TextField
          label={label}
          hint={hint}
          problem={problem}
          type="number"
          min={0}
          step={1}
          readOnly={isLocked}
          placeholder={otherwise}
          value={(value as number | undefined) ?? ""}
          onText={(text) => set(text === "" ? undefined : Number(text))}
        />
      );
    default:
      return (
        <TextField
          label={label}
          hint={hint}
          problem={problem}
          readOnly={isLocked}
          placeholder={kind === "color" ? "#0b7671" : otherwise}
          value={(value as string | undefined) ?? ""}
          onText={set}
        />
      );
  }
}

function otherwiseOf({ otherwise }: SettingField): string {
  if (typeof otherwise === "boolean")
    return WORDS.settings.otherwise(otherwise ? WORDS.settings.yes : WORDS.settings.no);
  return otherwise === undefined ? WORDS.settings.unset : WORDS.settings.otherwise(String(otherwise));
}
