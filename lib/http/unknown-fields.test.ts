import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { unknownFields } from './unknown-fields';

const told = (schema: z.ZodType, value: unknown) =>
  unknownFields(schema, value).map(({ path, message }) => `${path}: ${message}`);

type Rule = { kind: 'leaf'; field: string } | { kind: 'group'; rules: Rule[] };
const rule: z.ZodType<Rule> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('leaf'), field: z.string() }),
    z.object({ kind: z.literal('group'), rules: z.array(rule) }),
  ]),
);

describe('a name that a schema does not have', () => {
  it('is told with its place, and with the name that was meant', () => {
    const schema = z.object({
      contacts: z.array(z.object({ firstName: z.string() })),
      dryRun: z.boolean().default(false),
    });
    expect(told(schema, { contacts: [{ firstName: 'A' }, { first_name: 'B' }], dry_run: true, more: 1 })).toEqual([
      'contacts.1.first_name: There is no field “first_name” here. It is called “firstName”.',
      'dry_run: There is no field “dry_run” here. It is called “dryRun”.',
      'more: There is no field “more” here.',
    ]);
    expect(told(schema, { contacts: [{ firstName: 'A' }], dryRun: true })).toEqual([]);
  });

  it('is found in the form that a value has, however deep', () => {
    const deep = { kind: 'group', rules: [{ kind: 'group', rules: [{ kind: 'leaf', field: 'x', value: 1 }] }] };
    expect(told(z.object({ rule }), { rule: deep })).toEqual([
      'rule.rules.0.rules.0.value: There is no field “value” here.',
    ]);
    expect(told(z.object({ rule }), { rule: { kind: 'none of these', x: 1 } })).toEqual([]);
  });

  it('may be anything where any name is taken, and is left to schemas that refuse it themselves', () => {
    const schema = z.object({
      attributes: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
      content: z.unknown(),
      settings: z.strictObject({ a: z.number() }).nullish(),
      list: z.union([z.string(), z.object({ id: z.string() })]).optional(),
    });
    expect(told(schema, { attributes: { any_thing: ['x'] }, content: { x: { y: 1 } }, settings: { b: 1 } })).toEqual(
      [],
    );
    expect(told(schema, { list: { id: 'a', ID: 'b' } })).toEqual([
      'list.ID: There is no field “ID” here. It is called “id”.',
    ]);
    for (const odd of [null, undefined, 'text', 7, [], [[{}]]]) expect(told(schema, odd)).toEqual([]);
  });

  it('is not taken for known because every object has it', () => {
    expect(told(z.object({ a: z.string() }), JSON.parse('{"a":"x","__proto__":{},"constructor":1}'))).toHaveLength(2);
  });
});
