'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { openSession } from '@/lib/auth/open-session';
import { hashNewPassword } from '@/lib/auth/password';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { acceptInvitation, readInvitation } from '@/lib/features/workspaces/accept-invitation';
import { personNameSchema } from '@/lib/features/workspaces/person-name';
import { attempt } from '@/lib/http/action';
import { type FormAnswer, formAnswer, formFields } from '@/lib/http/form-action';

const newcomerSchema = z.object({ token: z.string(), name: personNameSchema, password: z.string().default('') });
const knownSchema = z.object({ token: z.string() });

async function join(fields: Record<string, string | string[]>) {
  const { token } = parseInput(knownSchema, fields);
  const invitation = await readInvitation(token);
  if (!invitation) throw new AppError('conflict', 'This invitation no longer works. Ask for a new one, or sign in.');
  if (invitation.hasAccount) return await acceptInvitation({ token });
  const { name, password } = parseInput(newcomerSchema, fields);
  const passwordHash = password ? await hashNewPassword(password, invitation.email) : null;
  return await acceptInvitation({ token, name, passwordHash });
}

/** Joins the workspace and signs in; the token has proven the mailbox. */
export async function accept(_: FormAnswer, data: FormData): Promise<FormAnswer> {
  const result = await attempt(() => join(formFields(data)));
  if (!result.ok) return formAnswer(result, data);
  await openSession({ ...result.data, startedBy: 'invitation' });
  redirect('/');
}
