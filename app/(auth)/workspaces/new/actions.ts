'use server';

import { redirect } from 'next/navigation';
import { requireSignedIn } from '@/lib/auth/current';
import { rememberWorkspace } from '@/lib/auth/open-session';
import { takeToken } from '@/lib/auth/token-bucket';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { createWorkspace, createWorkspaceSchema } from '@/lib/features/workspaces/create-workspace';
import { attempt } from '@/lib/http/action';
import { type FormAnswer, formAnswer, formFields } from '@/lib/http/form-action';

const formSchema = createWorkspaceSchema.pick({ name: true, timeZone: true });

/** Makes a workspace for the signed-in person and goes there. */
export async function makeWorkspace(_: FormAnswer, data: FormData): Promise<FormAnswer> {
  const { user } = await requireSignedIn();
  const result = await attempt(async () => {
    const input = parseInput(formSchema, formFields(data));
    const { allowed } = await takeToken(`workspace:${user.id}`, { capacity: 10, refillMs: 3_600_000 });
    if (!allowed) throw new AppError('limit', 'You have made many workspaces today. Try again in an hour.');
    return await createWorkspace({ userId: user.id, name: user.name }, input);
  });
  if (!result.ok) return formAnswer(result, data);
  await rememberWorkspace(result.data.id);
  redirect('/');
}
