import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inputIssues } from './input-issues';

function told(schema: z.ZodType, input: unknown): string[] {
  const { error } = schema.safeParse(input);
  return error ? inputIssues(error).map(({ path, message }) => `${path}: ${message}`) : [];
}

describe('what is wrong with an input', () => {
  it('is a sentence for whatever zod finds by itself', () => {
    const schema = z.object({
      name: z.string().min(1).max(3),
      step: z.coerce.number().int(),
      ids: z.array(z.string()).min(1).max(2),
      rate: z.number().min(0.1),
      at: z.iso.datetime(),
      kind: z.enum(['a', 'b']),
      only: z.literal('x'),
      flag: z.boolean(),
      url: z.url(),
    });
    expect(
      told(schema, {
        name: '',
        step: undefined,
        ids: [],
        rate: -1,
        at: 'soon',
        kind: 'c',
        only: 'y',
        flag: 'yes',
        url: 'x',
      }),
    ).toEqual([
      'name: This may not be empty.',
      'step: This must be a number.',
      'ids: This list may not be empty.',
      'rate: This must be at least 0.1.',
      'at: This must be a time such as 2026-01-31T09:00:00Z.',
      'kind: This must be one of “a”, “b”.',
      'only: This must be “x”.',
      'flag: This must be true or false.',
      'url: This must be an address such as https://example.com/path.',
    ]);
    expect(told(schema.pick({ name: true, ids: true }), { name: 'long', ids: ['1', '2', '3'] })).toEqual([
      'name: This may be at most 3 characters.',
      'ids: At most 2 of them are taken at once.',
    ]);
    expect(told(z.object({ name: z.string() }), {})).toEqual(['name: This is needed.']);
    expect(told(z.strictObject({}), { dry_run: true })).toEqual([': There is no field “dry_run” here.']);
  });

  it('stays as it is where a schema says it itself', () => {
    expect(told(z.object({ name: z.string({ error: 'A name is missing.' }) }), {})).toEqual([
      'name: A name is missing.',
    ]);
  });

  it('is told of the form that was meant, not of all forms a value can have', () => {
    const rule = z.union([
      z.object({ kind: z.literal('list'), listId: z.string() }),
      z.object({ kind: z.literal('segment'), segmentId: z.string(), is: z.string() }),
    ]);
    const rules = z.object({ rules: z.array(rule) });
    expect(told(rules, { rules: [{ kind: 'list' }] })).toEqual(['rules.0.listId: This is needed.']);
    expect(told(rules, { rules: [{ kind: 'other' }] })).toEqual(['rules.0: This is not one of the forms it can have.']);
  });
});
