import { z } from 'zod';

const summarySchema = z.object({
  id: z.string(),
  channel: z.enum(['email', 'sms']),
  from: z.string(),
  to: z.string(),
  subject: z.string().optional(),
  text: z.string().optional(),
  messageId: z.string(),
  at: z.string(),
  bytes: z.number(),
});
export type CapturedSummary = z.infer<typeof summarySchema>;

const pageSchema = z.object({ messages: z.array(summarySchema), nextCursor: z.string().nullable() });
export type CapturedPage = z.infer<typeof pageSchema>;

const messageSchema = summarySchema.extend({
  headers: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  raw: z.string().optional(),
  attachments: z
    .array(z.object({ filename: z.string().nullish(), mimeType: z.string(), bytes: z.number() }))
    .optional(),
});
export type CapturedMessage = z.infer<typeof messageSchema>;

export interface CapturedQuery {
  to?: string;
  q?: string;
  channel?: 'email' | 'sms';
  cursor?: string;
  limit: number;
}

/** The capture is not running, or something else answers at its address. */
export class CaptureUnreachable extends Error {
  override name = 'CaptureUnreachable';
}

const TIMEOUT_MS = 4000;

async function ask(url: URL): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      cache: 'no-store',
      redirect: 'error',
    });
    return { status: response.status, body: await response.json() };
  } catch (cause) {
    throw new CaptureUnreachable('The local inbox does not answer.', { cause });
  }
}

function read<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CaptureUnreachable('Something else answers where the local inbox should.', { cause: parsed.error });
}

/** Captured messages, newest first. Throws `CaptureUnreachable`. */
export async function readCapturedPage(baseUrl: string, query: CapturedQuery): Promise<CapturedPage> {
  const url = new URL('/inbox', baseUrl);
  for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, String(value));
  const { status, body } = await ask(url);
  return status === 422 ? { messages: [], nextCursor: null } : read(pageSchema, body);
}

/** One captured message with its parts, or null if it is not kept any more. Throws `CaptureUnreachable`. */
export async function readCapturedMessage(baseUrl: string, id: string): Promise<CapturedMessage | null> {
  if (!/^\d{1,15}$/.test(id)) return null;
  const { status, body } = await ask(new URL(`/inbox/${id}`, baseUrl));
  return status === 404 ? null : read(messageSchema, body);
}
