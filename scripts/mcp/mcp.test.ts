import { describe, expect, it } from 'vitest';
import { Waybill } from '@/clients/typescript/waybill';
import { answerMessage } from './answer';
import { TOOLS } from './tools';

const asked: { url: string; method: string; key: string | null }[] = [];
const client = new Waybill({
  url: 'https://waybill.example.com/',
  key: 'wb_live_x',
  attempts: 1,
  fetch: async (url, init) => {
    const headers = new Headers(init?.headers);
    asked.push({ url: String(url), method: init?.method ?? 'GET', key: headers.get('idempotency-key') });
    if (String(url).includes('missing')) {
      const problem = { code: 'not_found', detail: 'This run does not exist.', errors: [] };
      return Response.json(problem, { status: 404, headers: { 'x-request-id': 'req_1' } });
    }
    return Response.json({ items: [], nextCursor: null });
  },
});
const ask = async (method: string, params?: unknown) =>
  await answerMessage(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }), TOOLS, client);

describe('the MCP server', () => {
  it('introduces itself and lists tools that read or draft', async () => {
    expect(await ask('initialize')).toMatchObject({
      id: 1,
      result: { serverInfo: { name: 'waybill' }, capabilities: { tools: {} } },
    });
    const listed = (await ask('tools/list')) as {
      result: { tools: { name: string; inputSchema: { type: string } }[] };
    };
    expect(listed.result.tools).toHaveLength(TOOLS.length);
    expect(listed.result.tools.every(({ inputSchema }) => inputSchema.type === 'object')).toBe(true);
  });

  it('speaks the revision of the protocol that is asked for where it can', async () => {
    expect(await ask('initialize', { protocolVersion: '2024-11-05' })).toMatchObject({
      result: { protocolVersion: '2024-11-05' },
    });
    expect(await ask('initialize', { protocolVersion: '1999-01-01' })).toMatchObject({
      result: { protocolVersion: '2025-06-18' },
    });
  });

  it('answers several messages that come at once, and names an argument that a tool does not have', async () => {
    const messages = [
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 'a', method: 'ping' },
      { jsonrpc: '2.0', id: 'b', method: 'tools/call', params: { name: 'list_runs', arguments: { limt: 5 } } },
    ];
    const answers = await answerMessage(JSON.stringify(messages), TOOLS, client);
    expect(answers).toMatchObject([
      { id: 'a', result: {} },
      { id: 'b', result: { isError: true, content: [{ text: expect.stringContaining('limt') }] } },
    ]);
  });

  it('has no tool that sends, launches or steers', () => {
    const writes = TOOLS.filter(({ isDraft }) => isDraft).map(({ operation }) => operation);
    expect(writes).toEqual(['POST /campaigns', 'POST /templates']);
  });

  it('answers with what the API answers, also when that is a refusal', async () => {
    expect(await ask('tools/call', { name: 'list_runs', arguments: { limit: 5 } })).toMatchObject({
      result: { isError: false },
    });
    expect(asked.at(-1)).toMatchObject({
      url: 'https://waybill.example.com/api/v1/runs?limit=5',
      method: 'GET',
      key: null,
    });
    const refused = await ask('tools/call', { name: 'get_run_progress', arguments: { runId: 'missing' } });
    expect(refused).toMatchObject({
      result: { isError: true, content: [{ text: 'This run does not exist. (not_found, request req_1)' }] },
    });
    await ask('tools/call', { name: 'draft_campaign', arguments: { name: 'Spring' } });
    expect(asked.at(-1)?.key).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says what is wrong with a message and goes on', async () => {
    expect(await answerMessage('{', TOOLS, client)).toMatchObject({ error: { code: -32700 } });
    expect(await answerMessage('{"id":1}', TOOLS, client)).toMatchObject({ error: { code: -32600 } });
    expect(await ask('nonsense')).toMatchObject({ error: { code: -32601 } });
    expect(await ask('tools/call', { name: 'launch_campaign' })).toMatchObject({ result: { isError: true } });
    expect(await ask('tools/call', { name: 'get_run_progress', arguments: {} })).toMatchObject({
      result: { isError: true },
    });
    expect(await answerMessage('{"jsonrpc":"2.0","method":"notifications/initialized"}', TOOLS, client)).toBeNull();
  });
});
