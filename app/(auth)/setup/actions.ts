'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { isLaunchToken } from '@/lib/auth/launch-link';
import { openSession } from '@/lib/auth/open-session';
import { hashNewPassword } from '@/lib/auth/password';
import { parseInput } from '@/lib/domain/parse-input';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { createFirstAccount, createFirstAccountSchema } from '@/lib/features/workspaces/create-first-account';
import { attempt } from '@/lib/http/action';
import { type FormAnswer, formAnswer, formFields } from '@/lib/http/form-action';

const setupSchema = createFirstAccountSchema
  .omit({ passwordHash: true })
  .extend({ token: z.string(), password: z.string() });

/** Makes the first account for the holder of the launcher's link, and signs them in. */
export async function makeFirstAccount(_: FormAnswer, data: FormData): Promise<FormAnswer> {
  const result = await attempt(async () => {
    const { token, password, ...account } = parseInput(setupSchema, formFields(data));
    if (!isLaunchToken('setup', token, env().WAYBILL_SECRET, Date.now())) {
      throw new AppError('forbidden', 'This link is too old. Start Waybill again for a new one.');
    }
    const passwordHash = await hashNewPassword(password, account.email);
    return await createFirstAccount({ ...account, passwordHash });
  });
  if (!result.ok) return formAnswer(result, data);
  await openSession({ ...result.data, startedBy: 'setup' });
  redirect('/');
}
