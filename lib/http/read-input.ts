import { z } from 'zod';
import { inputIssues } from '@/lib/domain/input-issues';
import { AppError, type FieldIssue } from '@/lib/errors';
import type { Asked, PathParams } from '@/lib/http/exchange';
import { unknownFields } from '@/lib/http/unknown-fields';

interface Schemas {
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
}

interface ReadInput {
  asked: Pick<Asked, 'url' | 'header'>;
  /** The body's text, where a schema asks for it. */
  text: string;
  params: PathParams;
  schemas: Schemas;
  /** Refuses names that the schemas do not have, instead of leaving them out. */
  isStrict: boolean;
}

const NO_QUERY = z.object({});

/** Of a body that is read whole: thousands of contacts, a long mail with its pictures elsewhere. */
export const MAX_BODY_BYTES = 12 * 1024 * 1024;

function check(schema: z.ZodType, value: unknown, issues: FieldIssue[]): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  issues.push(...inputIssues(parsed.error));
  return undefined;
}

/** Query values by name; a name given twice is a list only where the schema takes one, and refused elsewhere. */
function queryOf({ search, searchParams }: Asked['url']): Record<string, string | string[]> {
  if (search === '') return {};
  const query: Record<string, string | string[]> = Object.create(null);
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return { ...query };
}

export const tooLarge = () => new AppError('invalid', 'The body is larger than 12 MB. Nothing was saved.');

/** The text of a body, up to 12 MB. */
export async function bodyText(asked: Pick<Asked, 'text'>): Promise<string> {
  const text = await asked.text();
  if (text.length > MAX_BODY_BYTES) throw tooLarge();
  return text;
}

/** Characters that no column takes: NUL, and halves of a pair without the other. */
const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();
const MAY_BE_UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

function refuseUnstorable(value: unknown, path: string, issues: FieldIssue[]): void {
  if (typeof value === 'string') {
    if (!isStorable(value))
      issues.push({ path, message: 'This has a character that is no text (NUL, or half of a pair).' });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      refuseUnstorable(inner, path === '' ? name : `${path}.${name}`, issues);
    }
  }
}

function jsonBody(asked: Pick<Asked, 'header'>, text: string): unknown {
  const type = asked.header('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    throw new AppError('invalid', 'Send the body as JSON, with “Content-Type: application/json”.');
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid', 'The body is not valid JSON. Nothing was saved.', { cause });
  }
}

/** Path, query and body by their schemas; throws `invalid` with every wrong field at once. */
export function readInput({ asked, text, params, schemas, isStrict }: ReadInput) {
  const issues: FieldIssue[] = [];
  const query = queryOf(asked.url);
  const body = text === '' || !schemas.body ? undefined : jsonBody(asked, text);
  refuseUnstorable(params, '', issues);
  refuseUnstorable(query, '', issues);
  // in JSON both can only be written as escapes
  if (MAY_BE_UNSTORABLE.test(text)) refuseUnstorable(body, '', issues);
  if (isStrict) {
    issues.push(...unknownFields(schemas.query ?? NO_QUERY, query));
    if (schemas.body) issues.push(...unknownFields(schemas.body, body));
  }
  const input = {
    params: schemas.params && check(schemas.params, params, issues),
    query: schemas.query && check(schemas.query, query, issues),
    body: schemas.body && check(schemas.body, body, issues),
  };
  const [first] = issues;
  if (!first) return input;
  const where = first.path ? `${first.path}: ` : '';
  throw new AppError('invalid', `Nothing was done. ${where}${first.message}`, { issues });
}
