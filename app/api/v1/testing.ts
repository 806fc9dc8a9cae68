import { NextRequest } from 'next/server';
import { ROUTES } from '@/app/api/v1/route-table';
import { pool } from '@/lib/db/client';
import { PERMISSIONS, type Permission } from '@/lib/domain/role';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { revokeApiKey } from '@/lib/features/api-keys/revoke-api-key';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { importText, upload } from '@/lib/features/imports/testing';
import { createOutputConnection } from '@/lib/features/outputs/create-output-connection';
import { createSegment } from '@/lib/features/segments/create-segment';
import { type ServiceFixture, serviceFixture } from '@/lib/features/service/testing';
import { addSuppression } from '@/lib/features/suppressions/add-suppression';
import { draftOf } from '@/lib/features/testing/dispatch-fixture';
import { createWebhook } from '@/lib/features/webhooks/save-webhook';
import { type DescribedRoute, METHODS, type Method } from '@/lib/http/openapi';

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
export interface Endpoint {
  name: string;
  method: Method;
  path: string;
  /** What varies in the path. */
  params: string[];
  declaration: DescribedRoute['declaration'];
  handler: Handler;
}

/** Every operation of the API, from the table that the OpenAPI document is made of. */
export const ENDPOINTS: Endpoint[] = Object.entries(ROUTES).flatMap(([path, methods]) =>
  METHODS.flatMap((method) => {
    const found = methods[method];
    if (!found) return [];
    const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, param = '']) => param);
    const handler = found as unknown as Handler;
    return [{ name: `${method} ${path}`, method, path, params, declaration: found.declaration, handler }];
  }),
);

/** What a read cannot do without. */
export const NEEDED_QUERY: Readonly<Record<string, string>> = {
  'GET /contacts/lookup': '?externalId=X1',
  'GET /contacts/history': '?phone=%2B6580000001',
  'GET /runs/{runId}/deliveries': '?step=0',
  'GET /campaigns/{campaignId}/preview': '?stepId=email_0',
  'GET /service/customers': '?q=X1',
};

export interface ContractFixture extends Pick<ServiceFixture, 'ours' | 'other' | 'end'> {
  /** One thing of each kind in our workspace, by its name in paths. */
  params: Record<string, string>;
  /** Keys with every scope, of another workspace, with a scope of no use, with one more of no use, and a revoked one. */
  keys: Record<'full' | 'foreign' | 'idle' | 'eraser' | 'revoked', string>;
}

const owner = (workspaceId: string) => ({
  workspaceId,
  actor: { type: 'user' as const, userId: 'usr_1', name: 'Ada', role: 'owner' as const },
});
const makeKey = (workspaceId: string, scopes: readonly Permission[]) =>
  createApiKey(owner(workspaceId), { name: 'Test', scopes: [...scopes] });

/** A workspace that has one of everything, with a run that has ended, beside another one. */
export async function contractFixture(): Promise<ContractFixture> {
  const { ours, other, runId, contactOf, messageOf, end } = await serviceFixture();
  const { ctx } = ours;
  const { workspaceId } = ctx;
  await pool()`insert into users (id, email, name) values ('usr_1', 'ada@example.com', 'Ada')`;
  const contactId = await contactOf(1);
  const segment = await createSegment(ctx, { name: 'All', rule: { kind: 'group', match: 'all', rules: [] } });
  const suppression = await addSuppression(ctx, { channel: 'email', address: 'gone@example.com' });
  const campaign = await createCampaign(ctx, { name: 'Draft', draft: draftOf(ours, ['email', 'sms']) });
  const webhook = await createWebhook(ctx, { url: 'https://crm.example.com/', eventTypes: ['run.*'] });
  const connection = await createOutputConnection(ctx, {
    name: 'Gift desk',
    config: { kind: 'webhook', url: 'https://crm.example.com/hooks/gifts' },
  });
  const importId = await importText(ctx, 'customer,email\nI1,i1@example.com\nI2,wrong\n');
  const idle = await makeKey(workspaceId, ['keys.manage']);
  const revoked = await makeKey(workspaceId, PERMISSIONS);
  await revokeApiKey(owner(workspaceId), revoked.id);
  return {
    ours,
    other,
    end,
    params: {
      runId,
      contactId,
      deliveryId: await messageOf(contactId),
      listId: ours.listId,
      segmentId: segment.id,
      suppressionId: suppression.id,
      campaignId: campaign.id,
      templateId: ours.emailTemplateId,
      starterId: 'welcome',
      table: ours.outputTableId,
      keyId: idle.id,
      key: 'plan',
      webhookId: webhook.id,
      importId,
      uploadId: await upload(ctx, 'customer,email\nI3,i3@example.com\n'),
      n: '0',
      senderId: ours.emailSenderId,
      providerId: ours.emailAccountId,
      connectionId: connection.id,
    },
    keys: {
      full: (await makeKey(workspaceId, PERMISSIONS)).key,
      foreign: (await makeKey(other.ctx.workspaceId, PERMISSIONS)).key,
      idle: idle.key,
      eraser: (await makeKey(workspaceId, ['contacts.erase'])).key,
      revoked: revoked.key,
    },
  };
}

const MADE_UP: Readonly<Record<string, string>> = {
  con_01jd5k3q8w4r2t9z: 'contactId',
  lst_01jd5k3q8w4r2t9z: 'listId',
  upl_01jd5k3q8w4r2t9z: 'uploadId',
  pac_01jd5k3q8w4r2t9z: 'providerId',
  dlv_63l: 'deliveryId',
};

/** The body that the documentation shows for an operation, with ids of the fixture for those that are made up. */
export function shownBody({ params }: ContractFixture, { declaration }: Endpoint): unknown {
  const body = declaration.example ?? declaration.sample;
  if (body === undefined) return undefined;
  const text = JSON.stringify(body).replace(/\w{3}_(?:01jd5k3q8w4r2t9z|63l)/g, (id) => params[MADE_UP[id] ?? ''] ?? id);
  return JSON.parse(text);
}

export interface Ask {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
  query?: string;
}

/** Calls an operation of the fixture as an HTTP client would. */
export async function askOf({ params }: ContractFixture, endpoint: Endpoint, asked: Ask): Promise<Response> {
  const { method, path, handler, name } = endpoint;
  const { key, body, headers, query = NEEDED_QUERY[name] ?? '' } = asked;
  const given = path.replace(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(params[param] ?? 'none'));
  const request = new NextRequest(`http://localhost:3000/api/v1${given}${query}`, {
    method,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const values = Object.fromEntries(endpoint.params.map((param) => [param, params[param] ?? 'none']));
  return await handler(request, { params: Promise.resolve(values) });
}

/** A digest of everything a workspace has, so that a change anywhere shows. */
export async function stateOf(workspaceId: string): Promise<string> {
  const sql = pool();
  const tables = await sql<{ name: string }[]>`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'workspace_id' and t.table_type = 'BASE TABLE' order by 1`;
  const digests: string[] = [];
  for (const { name } of tables) {
    const [row] = await sql`
      select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from ${sql(name)} t
      where workspace_id = ${workspaceId}`;
    digests.push(`${name}:${row?.digest}`);
  }
  return digests.join('\n');
}
