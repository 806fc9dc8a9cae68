import type { ReactNode } from 'react';
import { Code, CodeBlock } from '@/components/ui/code';
import { PROBLEM_KINDS } from '@/lib/http/problem';

const VERIFY = `import { Webhook } from 'standardwebhooks';

const event = new Webhook(endpointSecret).verify(rawBody, headers);
// { type: 'run.completed', timestamp: '…', data: { position: 812, subjectId: 'run_…', … } }`;

const FEED = `let after = await lastPositionYouStored();
for (;;) {
  const { items, last, hasMore } = await waybill.call('GET /changes', { query: { after } });
  await applyAndStore(items, last); // in one transaction of yours
  after = last;
  if (!hasMore) await pause(1000);
}`;

interface Chapter {
  id: string;
  title: string;
  body: (url: string) => ReactNode;
}

export const GUIDE: Chapter[] = [
  {
    id: 'keys',
    title: 'Keys',
    body: (url) => (
      <>
        <p>
          Make a key in Settings → API keys and send it with every request. Keys look like <Code>wb_live_…</Code> or{' '}
          <Code>wb_test_…</Code>, end in a checksum, and carry scopes: what they may do. A test key sends through
          sandbox providers and into the local inbox only. Keys are kept as a digest and shown once; a revoked key is
          refused within a second everywhere.
        </p>
        <CodeBlock of="the command" code={`curl ${url}/api/v1/runs -H "Authorization: Bearer $WAYBILL_API_KEY"`} />
        <p>
          Scanners for leaked secrets find keys with <Code>{'wb_(live|test)_[0-9A-Za-z]{49}'}</Code>. Browsers of other
          sites may not call the API: there is no CORS.
        </p>
      </>
    ),
  },
  {
    id: 'writes',
    title: 'Writing safely',
    body: () => (
      <>
        <p>
          Send an <Code>Idempotency-Key</Code> of your own with every write. The same request with the same key is
          carried out once: a repetition gets the first answer again, marked <Code>Idempotent-Replayed: true</Code>.
          While the first is running it gets 409, and 422 if it asks for something else. A request that was refused did
          nothing and may be sent again under its key. Keys are kept for 7 days.
        </p>
        <p>
          Campaigns, segments and templates have revisions: read the <Code>ETag</Code>, send it as <Code>If-Match</Code>
          , and 412 tells you that somebody else saved meanwhile. A field or query name that an operation does not have
          is refused with 422, never left out: a misspelled <Code>dryRun</Code> does not send. Where something is sent
          or changed in bulk, <Code>dryRun</Code> says what would happen.
        </p>
      </>
    ),
  },
  {
    id: 'pages',
    title: 'Pages and limits',
    body: () => (
      <p>
        Lists come in pages: pass <Code>nextCursor</Code> as <Code>cursor</Code> until it is null. Each key has an
        allowance, told in <Code>RateLimit</Code> and <Code>RateLimit-Policy</Code>; when it is used up you get 429 with{' '}
        <Code>Retry-After</Code>. Times are ISO 8601 in UTC.
      </p>
    ),
  },
  {
    id: 'problems',
    title: 'Errors',
    body: () => (
      <>
        <p>
          Errors are problem+json (RFC 9457): <Code>detail</Code> is a sentence for people, <Code>code</Code> is for
          programs, <Code>errors</Code> names each wrong field, <Code>request_id</Code> leads whoever operates this
          Waybill to the cause.
        </p>
        <dl className="flex flex-col gap-1.5">
          {PROBLEM_KINDS.map(({ code, status, title }) => (
            <div key={code} id={`problem-${code.replace('_', '-')}`} className="flex scroll-mt-6 gap-4">
              <dt className="w-44 shrink-0">
                <span className="font-mono text-sm">{status}</span> <Code>{code}</Code>
              </dt>
              <dd>{title}</dd>
            </div>
          ))}
        </dl>
      </>
    ),
  },
  {
    id: 'events',
    title: 'Triggering by event, and recurring',
    body: () => (
      <p>
        A campaign whose schedule is an event is activated instead of launched. Each <Code>POST /events</Code> then
        starts it for the one contact the event is about, once per <Code>eventId</Code>, with the exclusions of any
        other run. A campaign that recurs is activated the same way;{' '}
        <Code>GET /campaigns/{'{campaignId}'}/occurrences</Code> says what comes and what became of each time.
      </p>
    ),
  },
  {
    id: 'webhooks',
    title: 'Webhooks',
    body: () => (
      <>
        <p>
          Signed by Standard Webhooks. Answer 2xx within 15 seconds; anything else, redirects included, is tried again
          ten times over three days with the same id and body. Keep the ids you have seen: a message may come twice. An
          endpoint that answers 410 or takes nothing for five days is switched off and its people are told.
        </p>
        <CodeBlock of="the program" code={VERIFY} />
      </>
    ),
  },
  {
    id: 'feed',
    title: 'Change feed',
    body: () => (
      <>
        <p>
          <Code>GET /changes</Code> has every change of the workspace at positions 1, 2, 3 … without a gap. A position
          is given only once everything before it is committed, so whoever goes on after the last one misses nothing. A
          position that is still to come is refused with 422, one that is no longer kept with 410.
        </p>
        <CodeBlock of="the program" code={FEED} />
      </>
    ),
  },
  {
    id: 'sql',
    title: 'SQL and assistants',
    body: () => (
      <>
        <p>
          For stored procedures and BI tools, the operator gives a read-only login to the views{' '}
          <Code>campaign_base_v1</Code>, <Code>contact_message_v1</Code>, <Code>run_progress_v1</Code>,{' '}
          <Code>suppression_v1</Code> and <Code>output_v1</Code> of one workspace. For assistants there is a Model
          Context Protocol server with tools that read and draft, none that send.
        </p>
        <CodeBlock
          of="the commands"
          code={'npm run sql-access -- --workspace your-workspace\nWAYBILL_API_KEY=wb_live_… node scripts/run.mjs mcp'}
        />
      </>
    ),
  },
];

export function Guide({ url }: { url: string }) {
  return GUIDE.map(({ id, title, body }) => (
    <section key={id} id={id} className="flex max-w-prose scroll-mt-6 flex-col gap-3">
      <h2 className="font-semibold text-lg">{title}</h2>
      {body(url)}
    </section>
  ));
}
