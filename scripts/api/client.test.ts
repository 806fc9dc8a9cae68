import { describe, expect, it } from 'vitest';
import { Waybill, WaybillError } from '@/clients/typescript/waybill';

/** A client whose server answers with these statuses, one after another, and what it was asked. */
function answering(...statuses: number[]) {
  const asked: { url: string; headers: Headers; body: unknown }[] = [];
  const client = new Waybill({
    url: 'https://waybill.example.com',
    key: 'wb_live_x',
    fetch: async (url, init) => {
      asked.push({ url: String(url), headers: new Headers(init?.headers), body: init?.body });
      const status = statuses.shift() ?? 200;
      const problem = { code: 'limit', detail: 'Later.', errors: [] };
      const headers = { 'retry-after': '0', 'x-request-id': 'req_1' };
      return status === 204 ? new Response(null, { status }) : Response.json(problem, { status, headers });
    },
  });
  return { client, asked };
}

describe('the client', () => {
  it('repeats a write under one key of its own, and fills in what varies', async () => {
    const { client, asked } = answering(503, 429, 200);
    await client.call('POST /lists/{listId}/remove', { path: { listId: 'lst/1' }, body: { contactIds: ['con_1'] } });
    expect(asked.map(({ url }) => url)).toEqual(
      Array(3).fill('https://waybill.example.com/api/v1/lists/lst%2F1/remove'),
    );
    const keys = asked.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
  });

  it.each([
    ['POST /keys', { body: { name: 'x', scopes: [] } }],
    ['POST /webhooks', { body: { url: 'https://x.example', eventTypes: [] } }],
    ['POST /connections', { body: { name: 'x', config: { kind: 'webhook', url: 'https://x.example' } } }],
    ['POST /contacts/{contactId}/panel-link', { path: { contactId: 'con_1' }, body: {} }],
  ] as const)('asks %s once and without a key: what it answers is shown once', async (operation, input) => {
    const { client, asked } = answering(503);
    await expect(client.call(operation, input as never)).rejects.toThrow(WaybillError);
    expect(asked.map(({ headers }) => headers.get('idempotency-key'))).toEqual([null]);
  });

  it('sends a file as it is', async () => {
    const { client, asked } = answering(204);
    const body = new Blob(['customer,email\n']);
    const path = { uploadId: 'upl_1', n: '0' };
    expect(await client.call('PUT /imports/uploads/{uploadId}/chunks/{n}', { path, body })).toBeNull();
    expect(asked[0]?.body).toBe(body);
    expect(asked[0]?.headers.get('content-type')).toBe('application/octet-stream');
  });
});
