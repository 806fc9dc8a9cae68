export type AppErrorCode =
  | 'invalid'
  | 'not_found'
  | 'conflict'
  | 'precondition'
  | 'forbidden'
  | 'unproven'
  | 'limit'
  | 'gone';

/** One invalid input field: `path` is the dotted place in the input, `message` one plain sentence. */
export interface FieldIssue {
  path: string;
  message: string;
}

/**
 * The only error a feature throws on purpose. `message` is a sentence a user may read: what happened, what was
 * kept, what to do. Edges map `code` once (HTTP: 422, 404, 409, 412, 403, 403, 429, 410).
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly issues: FieldIssue[];

  constructor(code: AppErrorCode, message: string, options: { cause?: unknown; issues?: FieldIssue[] } = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.issues = options.issues ?? [];
  }
}

/** The message of anything thrown, with its causes, for logs and ledger rows. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.message || error.name;
  return error.cause === undefined ? own : `${own}: ${describeError(error.cause)}`;
}
