import type { APIRequestContext, Page } from '@playwright/test';

export interface PageToSee {
  name: string;
  path: string;
  /** What a person does there before it is looked at. */
  first?: (page: Page) => Promise<void>;
  /** It asks the server again and again while one looks. */
  live?: boolean;
}

const PLAIN = [
  'overview',
  'campaigns',
  'campaigns/new',
  'runs',
  'contacts',
  'contacts/new',
  'contacts/import',
  'contacts/imports',
  'lists',
  'segments',
  'segments/new',
  'templates',
  'templates/new',
  'suppressions',
  'reports',
  'reports/compare',
  'outputs',
  'inbox',
  'service',
  'health',
  'health/queue',
  'health/notices',
  'health/reports',
  'settings/workspace',
  'settings/members',
  'settings/providers',
  'settings/providers/new',
  'settings/providers/failing',
  'settings/senders',
  'settings/connections',
  'settings/keys',
  'settings/webhooks',
  'settings/audit',
  'settings/profile',
  'settings/sessions',
  'two-factor',
];

/** The page of one thing, where the workspace has such a thing. */
async function pageOfFirst(request: APIRequestContext, from: string, to: (id: string) => string[]): Promise<string[]> {
  const answer = await request.get(`/api/v1/${from}`);
  if (!answer.ok()) throw new Error(`/api/v1/${from} answered ${answer.status()}`);
  const { items }: { items: { id: string }[] } = await answer.json();
  return items[0] ? to(items[0].id) : [];
}

/** Every page of the dashboard that a workspace can show, found through its own API; `runId` is the run worth looking at. */
export async function everyPage(request: APIRequestContext, runId?: string): Promise<PageToSee[]> {
  const details = await Promise.all([
    pageOfFirst(request, 'campaigns?q=Phone', (id) => [`campaigns/${id}`, `campaigns/${id}/preflight`]),
    pageOfFirst(request, 'campaigns?q=Upgrade', (id) => [`campaigns/${id}/occurrences`]),
    pageOfFirst(request, 'contacts?limit=1', (id) => [`contacts/${id}`, `service/contacts/${id}`]),
    pageOfFirst(request, 'lists', (id) => [`lists/${id}`]),
    pageOfFirst(request, 'segments', (id) => [`segments/${id}`, `segments/${id}/contacts`]),
    pageOfFirst(request, 'templates?channel=email&q=Aurora', (id) => [`templates/${id}`]),
    pageOfFirst(request, 'templates?channel=sms', (id) => [`templates/${id}`]),
    pageOfFirst(request, 'outputs', (id) => [`outputs/${id}`]),
  ]);
  const ofRun = runId
    ? [
        `runs/${runId}`,
        `runs/${runId}/deliveries?step=0`,
        `runs/${runId}/deliveries?step=0&wave=2&state=accepted`,
        `runs/${runId}/excluded`,
        `reports/runs/${runId}`,
        `reports/runs/${runId}/clicks`,
      ]
    : [];
  const seen = new Map<string, number>();
  return [...PLAIN, ...ofRun, ...details.flat()].map((path) => {
    const bare = path.replace(/\?.*/, '').replace(/\b([a-z]{3})_\w{8,}/g, '$1');
    const name = bare.replaceAll('/', '-');
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: times > 1 ? `${name}-${times}` : name, path: `/${path}` };
  });
}
