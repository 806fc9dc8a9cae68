import type { z } from 'zod';
import { AppError } from '@/lib/errors';
import { inputIssues } from './input-issues';

/** The parsed input of a verb; throws `invalid` with one issue per wrong field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = inputIssues(parsed.error);
  const [first] = issues;
  const where = first?.path ? `${first.path}: ` : '';
  throw new AppError('invalid', `Nothing was saved. ${where}${first?.message ?? 'The input is not valid.'}`, {
    cause: parsed.error,
    issues,
  });
}
