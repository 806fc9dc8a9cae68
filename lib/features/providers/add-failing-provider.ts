import { z } from 'zod';
import { callProvider } from '@/lib/channels/http/call-provider';
import { parseJson } from '@/lib/channels/http/parse-json';
import { authorise, type Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import type { ProviderConfigInput } from '@/lib/domain/provider';
import { AppError } from '@/lib/errors';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';

const inputSchema = z.object({
  /** Where its HTTP port answers. */
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
});

const port = z.number().int().min(1).max(65_535);
const portsSchema = z.object({ smtpPort: port, httpPort: port, smppPort: port.nullable() });

const ANSWER_MS = 5_000;

interface Dialect {
  name: string;
  config: ProviderConfigInput;
  secrets: Record<string, string>;
}

function dialectsOf(baseUrl: string, ports: z.output<typeof portsSchema>): Dialect[] {
  const host = new URL(baseUrl).hostname;
  const { smtpPort, smppPort } = ports;
  const dialects: Dialect[] = [
    { name: 'Failing SMTP relay', config: { kind: 'smtp', host, port: smtpPort, security: 'none' }, secrets: {} },
    { name: 'Failing Resend', config: { kind: 'resend', baseUrl }, secrets: { apiKey: 'failing' } },
    {
      name: 'Failing Twilio',
      config: { kind: 'twilio', baseUrl, accountSid: 'AC_failing' },
      // what it signs its status callbacks with
      secrets: { secret: 'faulty' },
    },
  ];
  if (smppPort === null) return dialects;
  const config = { kind: 'smpp' as const, host, port: smppPort, systemId: 'failing' };
  return [...dialects, { name: 'Failing SMPP operator', config, secrets: { password: 'failing' } }];
}

/**
 * Adds the provider that fails on purpose as sandbox accounts, one for each language it speaks. Throws `precondition` when
 * it does not answer at that address, and `invalid` for a host the operator does not allow.
 */
export async function addFailingProvider(ctx: Ctx, input: z.input<typeof inputSchema>): Promise<{ added: string[] }> {
  authorise(ctx, 'providers.manage');
  const baseUrl = parseInput(inputSchema, input).baseUrl.replace(/\/+$/, '');
  const url = `${baseUrl}/_faulty/ports`;
  const answer = await callProvider({ url, method: 'GET', headers: {}, timeoutMs: ANSWER_MS });
  const ports = portsSchema.safeParse(answer.kind === 'answered' ? parseJson(answer.body) : null);
  if (!ports.success) {
    const what = answer.kind === 'answered' ? `something else answers (${answer.status})` : answer.text;
    throw new AppError('precondition', `The failing provider was not found at ${baseUrl}: ${what}. Nothing was added.`);
  }
  const added: string[] = [];
  for (const dialect of dialectsOf(baseUrl, ports.data)) {
    added.push((await createProviderAccount(ctx, { ...dialect, sandbox: true })).id);
  }
  return { added };
}
