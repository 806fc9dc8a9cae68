'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import type { OutputConnectionConfig } from '@/lib/domain/output-connection';
import { archiveOutputConnection } from '@/lib/features/outputs/archive-output-connection';
import { createOutputConnection } from '@/lib/features/outputs/create-output-connection';
import { updateOutputConnection } from '@/lib/features/outputs/update-output-connection';
import { verifyOutputConnection, verifyOutputConnectionSchema } from '@/lib/features/outputs/verify-output-connection';
import { action } from '@/lib/http/action';

const formSchema = z.object({
  id: z.string().optional(),
  kind: z.enum(['postgres', 'webhook']),
  name: z.string(),
  host: z.string().default(''),
  port: z.coerce.number({ error: 'Enter a port, such as 5432.' }).default(5432),
  database: z.string().default(''),
  user: z.string().default(''),
  tls: z.enum(['verify', 'require', 'off']).default('verify'),
  url: z.string().default(''),
  secret: z.string().default(''),
});
type ConnectionForm = z.output<typeof formSchema>;

const refresh = () => revalidatePath('/settings/connections', 'layout');

function configOf({ kind, host, port, database, user, tls, url }: ConnectionForm): OutputConnectionConfig {
  return kind === 'webhook' ? { kind, url: url.trim() } : { kind, host, port, database, user, tls };
}

/** The key made for a webhook comes back this once. An empty secret leaves the stored one as it is. */
export const saveConnection = action(
  formSchema,
  async (ctx: Ctx, form: ConnectionForm): Promise<{ signingKey: string | null }> => {
    const { id, name } = form;
    const config = configOf(form);
    const secret = form.secret.trim() || undefined;
    const signingKey = id ? null : (await createOutputConnection(ctx, { name, config, secret })).signingKey;
    if (id) await updateOutputConnection(ctx, { id, name, config, secret });
    refresh();
    return { signingKey };
  },
);

export const tryConnection = action(verifyOutputConnectionSchema, async (ctx, input) => {
  const result = await verifyOutputConnection(ctx, input);
  refresh();
  return result;
});

export const archiveConnection = action(async (ctx: Ctx, id: string) => {
  await archiveOutputConnection(ctx, id);
  refresh();
});
