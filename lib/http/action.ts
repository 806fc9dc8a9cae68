import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { currentMember, currentSignedIn, REQUEST_ID_HEADER } from '@/lib/auth/current';
import { type RequestOrigin, requestOrigin } from '@/lib/auth/request-origin';
import type { SignedIn } from '@/lib/auth/user-session';
import type { Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError, type FieldIssue } from '@/lib/errors';
import { logUnexpected, type ProblemCode } from '@/lib/http/problem';
import { assertSameOrigin } from '@/lib/http/same-origin';
import { newId } from '@/lib/ids';

export interface ActionError {
  code: ProblemCode;
  /** A sentence for the person who pressed the button. */
  message: string;
  issues: FieldIssue[];
}

export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError };

type Verb<I, T> = (ctx: Ctx, input: I) => Promise<T>;

function refusal(error: unknown, requestId: string): ActionError {
  if (error instanceof AppError) return { code: error.code, message: error.message, issues: error.issues };
  logUnexpected(error, requestId, 'action');
  const message = `Something went wrong on our side, and nothing you typed is lost. Try again; if it stays, tell whoever operates this Waybill the number ${requestId}.`;
  return { code: 'internal', message, issues: [] };
}

const SIGNED_OUT: ActionError = {
  code: 'unauthenticated',
  message:
    'You were signed out in the meantime. Sign in in another tab, then press again: what you typed is still here.',
  issues: [],
};

/**
 * Runs one piece of server-action work and returns its outcome instead of throwing, so that a form keeps what was typed.
 * Refuses calls from other sites (Next checks Origin only if one is sent).
 */
export async function attempt<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  const incoming = await headers();
  const requestId = incoming.get(REQUEST_ID_HEADER) ?? newId('request');
  try {
    assertSameOrigin('POST', incoming);
    return { ok: true, data: await work() };
  } catch (error) {
    unstable_rethrow(error);
    return { ok: false, error: refusal(error, requestId) };
  }
}

const NOT_SET_UP: ActionError = {
  code: 'forbidden',
  message:
    'Your workspace asks for two-factor sign-in now. Set it up in another tab, then press again: what you typed is still here.',
  issues: [],
};

async function run<I, T>(verb: Verb<I, T>, input: I): Promise<ActionResult<T>> {
  const member = await currentMember();
  if (!member) return { ok: false, error: (await currentSignedIn())?.memberships.length ? NOT_SET_UP : SIGNED_OUT };
  return await attempt(() => verb(member.ctx, input));
}

/**
 * A server action from a verb: the session becomes the `Ctx`, the result `{ ok, data }` or `{ ok: false, error }`. With
 * a schema the input is parsed first; without one that is the verb's own affair.
 */
export function action<I, T>(verb: Verb<I, T>): (input: I) => Promise<ActionResult<T>>;
export function action<S extends z.ZodType, T>(
  schema: S,
  verb: Verb<z.output<S>, T>,
): (input: z.input<S>) => Promise<ActionResult<T>>;
export function action<T>(first: z.ZodType | Verb<unknown, T>, second?: Verb<unknown, T>) {
  if (typeof first === 'function') return async (input: unknown) => run(first, input);
  const verb = second;
  if (!verb) throw new TypeError('action(schema) needs a verb');
  return async (input: unknown) => run(async (ctx, given: unknown) => verb(ctx, parseInput(first, given)), input);
}

/** A server action about one's own account: the session becomes the person, who need not be in any workspace. */
export function ownAction<S extends z.ZodType, T>(
  schema: S,
  verb: (signedIn: SignedIn, input: z.output<S>, origin: RequestOrigin) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return async (input) => {
    const signedIn = await currentSignedIn();
    if (!signedIn) return { ok: false, error: SIGNED_OUT };
    return await attempt(async () => verb(signedIn, parseInput(schema, input), requestOrigin(await headers())));
  };
}
