import { z } from 'zod';
import type { FieldIssue } from '@/lib/errors';
import type { Json, JsonObject } from '@/lib/http/openapi';
import { isObject, list } from '@/lib/http/schema-text';

const MOST_TOLD = 20;
const documents = new WeakMap<z.ZodType, JsonObject>();

function documentOf(schema: z.ZodType): JsonObject {
  const known = documents.get(schema);
  if (known) return known;
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonObject;
  documents.set(schema, made);
  return made;
}

/** `dry_run` and `DryRun` are how somebody writes `dryRun` who did not look it up. */
const loose = (name: string) => name.replace(/[_-]/g, '').toLowerCase();

class Walk {
  constructor(private readonly root: JsonObject) {}

  private resolve(schema: Json | undefined): JsonObject {
    if (!isObject(schema)) return {};
    if (typeof schema.$ref !== 'string') return schema;
    if (schema.$ref === '#') return this.root;
    const definitions = isObject(this.root.$defs) ? this.root.$defs : {};
    return this.resolve(definitions[schema.$ref.replace('#/$defs/', '')]);
  }

  /** Whether a value bears the marks of a form, such as its `kind`. */
  private isMeant(form: JsonObject, value: object): boolean {
    const properties = isObject(form.properties) ? Object.entries(form.properties) : [];
    return properties.every(([name, property]) => {
      const { const: mark } = this.resolve(property);
      return mark === undefined || (value as Record<string, unknown>)[name] === mark;
    });
  }

  private object(schema: JsonObject, value: Record<string, unknown>, path: string): FieldIssue[] {
    const properties = isObject(schema.properties) ? schema.properties : null;
    const rest = schema.additionalProperties;
    return Object.entries(value).flatMap(([name, inner]) => {
      const place = path === '' ? name : `${path}.${name}`;
      if (properties && Object.hasOwn(properties, name)) return this.value(properties[name], inner, place);
      if (isObject(rest)) return this.value(rest, inner, place);
      // what refuses others by itself says so itself
      if (!properties || rest !== undefined) return [];
      const meant = Object.keys(properties).find((one) => loose(one) === loose(name));
      const called = meant ? ` It is called “${meant}”.` : '';
      return [{ path: place, message: `There is no field “${name.slice(0, 80)}” here.${called}` }];
    });
  }

  value(given: Json | undefined, value: unknown, path: string): FieldIssue[] {
    const schema = this.resolve(given);
    if (typeof value !== 'object' || value === null || schema.allOf !== undefined) return [];
    const forms = [...list(schema.anyOf), ...list(schema.oneOf)].map((form) => this.resolve(form));
    if (forms.length > 0) {
      const wanted = Array.isArray(value) ? 'array' : 'object';
      const fitting = forms.filter((form) => form.anyOf || form.oneOf || form.type === wanted || !form.type);
      const found = fitting.filter((form) => this.isMeant(form, value)).map((form) => this.value(form, value, path));
      return found.sort((a, b) => a.length - b.length)[0] ?? [];
    }
    if (Array.isArray(value)) {
      return isObject(schema.items)
        ? value.flatMap((one, n) => this.value(schema.items, one, path === '' ? String(n) : `${path}.${n}`))
        : [];
    }
    return schema.type === 'object' ? this.object(schema, value as Record<string, unknown>, path) : [];
  }
}

/** Names in an input that its schema does not have, with the name that was meant where that can be seen. */
export function unknownFields(schema: z.ZodType, value: unknown): FieldIssue[] {
  const document = documentOf(schema);
  return new Walk(document).value(document, value, '').slice(0, MOST_TOLD);
}
