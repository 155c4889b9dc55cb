import { describe, expect, it } from "vitest";
import schema from "../schema.json" with { type: "json" };
import vectors from "../vectors/messages.json" with { type: "json" };

/** The part of JSON Schema that `schema.json` uses. */
interface Shape {
  $ref?: string;
  anyOf?: Shape[];
  enum?: unknown[];
  type?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: boolean | Shape;
  items?: Shape;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  maxItems?: number;
}

const definitions = schema.$defs as unknown as Record<string, Shape>;

const TYPES: Record<string, (value: unknown) => boolean> = {
  null: (value) => value === null,
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number",
  integer: Number.isInteger,
  array: Array.isArray,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function fits(value: unknown, shape: Shape): boolean {
  if (shape.$ref) return fits(value, definitions[shape.$ref.split("/").at(-1) as string] as Shape);
  if (shape.anyOf) return shape.anyOf.some((one) => fits(value, one));
  if (shape.enum && !shape.enum.includes(value)) return false;
  if (shape.type && !TYPES[shape.type]?.(value)) return false;
  if (typeof value === "string") {
    if (shape.pattern && !new RegExp(shape.pattern).test(value)) return false;
    return value.length >= (shape.minLength ?? 0) && value.length <= (shape.maxLength ?? value.length);
  }
  if (typeof value === "number") return value >= (shape.minimum ?? value) && value <= (shape.maximum ?? value);
  if (Array.isArray(value)) {
    if (value.length > (shape.maxItems ?? value.length)) return false;
    return value.every((item) => !shape.items || fits(item, shape.items));
  }
  if (TYPES["object"]?.(value)) return hasFields(value as Record<string, unknown>, shape);
  return true;
}

function hasFields(value: Record<string, unknown>, shape: Shape): boolean {
  if (shape.required?.some((name) => !(name in value))) return false;
  return Object.entries(value).every(([name, field]) => {
    const known = shape.properties?.[name];
    return !known || fits(field, known);
  });
}

for (const direction of ["FromVisitor", "ToVisitor", "FromAgent", "ToAgent"] as const) {
  const shape = definitions[direction] as Shape;
  const { valid, invalid } = vectors[direction] as { valid: unknown[]; invalid: unknown[] };
  describe(direction, () => {
    it.each(valid.map((message) => [JSON.stringify(message), message]))("W1 understands %s", (_, message) => {
      expect(fits(message, shape)).toBe(true);
    });

    it.each(invalid.map((message) => [JSON.stringify(message), message]))("W6 refuses %s", (_, message) => {
      expect(fits(message, shape)).toBe(false);
    });
  });
}
