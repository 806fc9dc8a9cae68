import { z } from 'zod';
import type { Operation, Waybill } from '@/clients/typescript/waybill';
import { scheduleSchema } from '@/lib/domain/campaign';

export interface Tool {
  name: string;
  description: string;
  input: z.ZodType;
  /** Writes a draft; the others only read. */
  isDraft: boolean;
  /** What it asks the API for. */
  operation: Operation;
  run(client: Waybill, input: unknown): Promise<unknown>;
}

function tool<S extends z.ZodType>(
  operation: Operation,
  name: string,
  description: string,
  input: S,
  run: (client: Waybill, input: z.output<S>) => Promise<unknown>,
): Tool {
  const isDraft = !operation.startsWith('GET ');
  return { name, description, input, isDraft, operation, run: (client, given) => run(client, input.parse(given)) };
}

const page = { cursor: z.string().optional(), limit: z.number().int().min(1).max(100).optional() };
const runId = z.string().describe('Such as run_01jd5k3q8w4r2t9z');
const reference = z.strictObject({
  id: z.string().optional(),
  externalId: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
});

/** Reads, and drafts that a person has to launch. Nothing here sends, launches or steers a run. */
export const TOOLS: readonly Tool[] = [
  tool(
    'GET /runs',
    'list_runs',
    'Runs with their numbers, newest first',
    z.strictObject({ ...page, q: z.string().optional() }),
    (client, query) => client.call('GET /runs', { query }),
  ),
  tool(
    'GET /runs/{runId}/progress',
    'get_run_progress',
    'Live numbers of a run: every contact of every step accounted for',
    z.strictObject({ runId }),
    (client, path) => client.call('GET /runs/{runId}/progress', { path }),
  ),
  tool(
    'GET /runs/{runId}/issues',
    'list_run_issues',
    'What did not end well in a run, grouped by cause, in plain words',
    z.strictObject({ runId }),
    (client, path) => client.call('GET /runs/{runId}/issues', { path }),
  ),
  tool(
    'GET /runs/{runId}/doubts',
    'list_run_doubts',
    'Deliveries of a run in doubt, each with its evidence',
    z.strictObject({ runId }),
    (client, path) => client.call('GET /runs/{runId}/doubts', { path }),
  ),
  tool(
    'GET /campaigns',
    'list_campaigns',
    'Campaigns with their newest run',
    z.strictObject({ ...page, q: z.string().optional() }),
    (client, query) => client.call('GET /campaigns', { query }),
  ),
  tool(
    'GET /campaigns/{campaignId}',
    'get_campaign',
    'A campaign with its definition',
    z.strictObject({ campaignId: z.string() }),
    (client, path) => client.call('GET /campaigns/{campaignId}', { path }),
  ),
  tool(
    'GET /campaigns/{campaignId}/occurrences',
    'list_occurrences',
    'When a recurring campaign comes next, and what became of its past occurrences',
    z.strictObject({ campaignId: z.string() }),
    (client, path) => client.call('GET /campaigns/{campaignId}/occurrences', { path }),
  ),
  tool(
    'GET /templates',
    'list_templates',
    'Email and text templates',
    z.strictObject({ ...page, q: z.string().optional() }),
    (client, query) => client.call('GET /templates', { query }),
  ),
  tool('GET /lists', 'list_lists', 'Lists, each with its number of people', z.strictObject(page), (client, query) =>
    client.call('GET /lists', { query }),
  ),
  tool(
    'GET /segments',
    'list_segments',
    'Segments, each with its rule in words',
    z.strictObject(page),
    (client, query) => client.call('GET /segments', { query }),
  ),
  tool('GET /senders', 'list_senders', 'The senders campaigns may use', z.strictObject({}), (client) =>
    client.call('GET /senders'),
  ),
  tool(
    'GET /contacts/lookup',
    'find_contact',
    'Everybody with exactly this customer number, email or phone; give one',
    reference,
    (client, query) => client.call('GET /contacts/lookup', { query }),
  ),
  tool(
    'GET /contacts/history',
    'get_contact_history',
    'What happened with whoever has this customer number, email or phone',
    reference.extend(page),
    (client, query) => client.call('GET /contacts/history', { query }),
  ),
  tool(
    'POST /campaigns',
    'draft_campaign',
    'Make a draft campaign, empty but for its name and when it goes, such as every Monday at 09:00; a person completes and launches it',
    z.strictObject({ name: z.string().min(1).max(120), schedule: scheduleSchema.optional() }),
    (client, { name, schedule }) => {
      const draft = { audience: {}, policy: {}, notify: {}, schedule };
      return client.call('POST /campaigns', { body: schedule ? { name, draft } : { name } });
    },
  ),
  tool(
    'POST /templates',
    'draft_text_template',
    'Make a text-message template; merge tags look like {{ first_name | fallback: "there" }}',
    z.strictObject({ name: z.string().min(1).max(120), text: z.string().min(1).max(1600) }),
    (client, { name, text }) => client.call('POST /templates', { body: { channel: 'sms', name, content: { text } } }),
  ),
];
