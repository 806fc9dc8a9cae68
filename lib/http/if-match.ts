import { AppError } from '@/lib/errors';

/** The strong ETag of a revision (RFC 9110 §8.8.3). */
export function etagOf(revision: number): string {
  return `"${revision}"`;
}

/** The answer with its ETag, for what has revisions. */
export function withEtag<T extends { revision: number }>(value: T, status = 200): Response {
  const headers = { 'content-type': 'application/json', etag: etagOf(value.revision) };
  return new Response(JSON.stringify(value), { status, headers });
}

/**
 * The revision a change starts from: `If-Match`, else the body's `revision`. Without either it throws `precondition`,
 * because a blind write would undo somebody else's.
 */
export function revisionToChange(request: Request, bodyRevision: number | undefined): number {
  const header = request.headers.get('if-match');
  const named = header === null ? bodyRevision : Number(/^"(\d{1,9})"$/.exec(header.trim())?.[1] ?? Number.NaN);
  if (named === undefined) {
    throw new AppError(
      'precondition',
      'Say which revision you change: send its ETag as If-Match, or “revision” in the body. Nothing was changed.',
    );
  }
  if (Number.isNaN(named)) {
    throw new AppError('precondition', 'If-Match must be one ETag of this object, such as "3". Nothing was changed.');
  }
  return named;
}

/**
 * Runs a change under `If-Match`; a `conflict` because the revision has moved on becomes `precondition` (412), any other
 * stays what it is.
 */
export async function changeIfMatch<T>(
  request: Request,
  bodyRevision: number | undefined,
  current: () => Promise<{ revision: number }>,
  change: (revision: number) => Promise<T>,
): Promise<T> {
  const revision = revisionToChange(request, bodyRevision);
  try {
    return await change(revision);
  } catch (error) {
    const isStale = error instanceof AppError && error.code === 'conflict' && (await current()).revision !== revision;
    if (!isStale) throw error;
    throw new AppError('precondition', error.message, { cause: error, issues: error.issues });
  }
}
