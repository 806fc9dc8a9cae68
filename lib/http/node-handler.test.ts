import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import { handlerOf } from '@/lib/http/exchange';
import { nodeHandler } from '@/lib/http/node-handler';

type Context = { params: Promise<Record<string, string>> };
const told =
  (name: string) =>
  async (_: Request, { params }: Context) =>
    Response.json({ name, ...(await params) });

let server: Server;
let base = '';

beforeAll(async () => {
  const serve = nodeHandler({
    '/contacts': {
      GET: (request: Request) =>
        new Response(new URL(request.url).search, {
          headers: [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ],
        }),
      POST: async (request: Request) => new Response(await request.text(), { status: 201 }),
      DELETE: (request: Request) => new Response(String(request.body === null), { status: 200 }),
    },
    '/contacts/lookup': { GET: told('lookup') },
    '/contacts/{contactId}': { GET: told('one') },
    '/contacts/{contactId}/history': { GET: told('history') },
    '/stream': {
      GET: () => {
        let n = 0;
        return new Response(
          new ReadableStream({
            pull: (controller) => (n++ < 200 ? controller.enqueue(new Uint8Array(10_000)) : controller.close()),
          }),
        );
      },
    },
    '/plain/{name}': {
      GET: handlerOf(async (asked, params) => ({
        status: 200,
        headers: { 'x-query': asked.url.search, 'x-from': asked.header('x-forwarded-for') ?? '' },
        body: `ü ${params.name}`,
      })),
      POST: handlerOf(async (asked) => {
        try {
          return { status: 201, headers: {}, body: await asked.text() };
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          return { status: 422, headers: {}, body: 'larger' };
        }
      }),
      PUT: handlerOf(async (asked) => new Response(asked.request().body, { status: 202 })),
      PATCH: handlerOf(async (asked) => {
        // as a session is read from its cookie before the body is
        const cookie = asked.request().cookies.get('session')?.value;
        return { status: 200, headers: {}, body: `${cookie} ${await asked.text()}` };
      }),
      DELETE: handlerOf(async (asked) => ({ status: 204, headers: { 'x-body': String(asked.hasBody) }, body: null })),
    },
    '/late/{name}': {
      PATCH: handlerOf(async (asked) => {
        const text = await asked.text();
        const request = asked.request();
        return { status: 200, headers: {}, body: `${request.headers.get('if-match')} ${text} ${await request.text()}` };
      }),
    },
    '/from': { GET: (request: Request) => new Response(request.headers.get('x-forwarded-for')) },
  });
  server = createServer((req, res) => {
    serve(req, res).then(
      (isDone) => isDone || res.writeHead(404).end('of Next'),
      (error: unknown) => res.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
const ask = (path: string, init?: RequestInit) => fetch(base + path, init);

describe('routes served without a framework', () => {
  it('get their body also when the whole request was looked at before', async () => {
    const answer = await ask('/plain/x', { method: 'PATCH', body: '{"a":1}', headers: { cookie: 'session=mine' } });
    expect(await answer.text()).toBe('mine {"a":1}');
  });

  it('get the whole request also when its body was read before, as a route reads it that then looks at If-Match', async () => {
    for (const body of ['{"a":1}', 'ü'.repeat(900_000)]) {
      const headers = { 'if-match': '"3"' };
      const answer = await ask('/late/x', { method: 'PATCH', body, headers });
      expect([answer.status, await answer.text()]).toEqual([200, `"3" ${body} ${body}`]);
    }
  });

  it('read no more of a body than they would take, and answer all the same', async () => {
    const piece = new Uint8Array(1024 * 1024);
    for (const pieces of [13, 40]) {
      let n = 0;
      const body = new ReadableStream({
        pull: (controller) => (n++ < pieces ? controller.enqueue(piece) : controller.close()),
      });
      const streamed = await ask('/plain/x', { method: 'POST', body, duplex: 'half' } as RequestInit);
      expect([streamed.status, await streamed.text()]).toEqual([422, 'larger']);
      const whole = await ask('/plain/x', { method: 'POST', body: new Uint8Array(pieces * piece.length) });
      expect([whole.status, await whole.text()]).toEqual([422, 'larger']);
    }
    expect((await ask('/contacts/x')).status).toBe(200);
  });

  it('say which methods they take: to who asks, and to who comes with another', async () => {
    const options = await ask('/contacts/lookup', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(options.headers.get('access-control-allow-origin')).toBeNull();
    const other = await ask('/contacts', { method: 'PATCH', body: '{}' });
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE, HEAD, OPTIONS']);
    expect(other.headers.get('content-type')).toBe('application/problem+json');
    expect(await other.json()).toMatchObject({ code: 'not_allowed', status: 405 });
  });

  it('are found by path, a fixed word before a name, and names are decoded', async () => {
    expect(await (await ask('/contacts/lookup')).json()).toEqual({ name: 'lookup' });
    expect(await (await ask('/contacts/a%2Fb%20c')).json()).toEqual({ name: 'one', contactId: 'a/b c' });
    expect(await (await ask('/contacts/lookup/history')).json()).toEqual({ name: 'history', contactId: 'lookup' });
  });

  it('leave everything else to others: unknown paths, empty names', async () => {
    for (const path of ['/', '/contact', '/contacts/', '/contacts/a/history/b', '//contacts']) {
      expect(await (await ask(path)).text(), path).toBe('of Next');
    }
  });

  it('say of a damaged escape in a name that there is nothing', async () => {
    const answer = await ask('/contacts/%E0%A4%A');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });

  it('get query, small and large bodies whole, and none where none was sent', async () => {
    expect(await (await ask('/contacts?q=%C3%BC')).text()).toBe('?q=%C3%BC');
    for (const size of [3, 70_000, 900_000]) {
      const answer = await ask('/contacts', { method: 'POST', body: 'ü'.repeat(size) });
      expect([answer.status, await answer.text()]).toEqual([201, 'ü'.repeat(size)]);
    }
    expect(await (await ask('/contacts', { method: 'DELETE' })).text()).toBe('true');
  });

  it('answer with every cookie, with a length where it is known, as a stream where it is not, and HEAD without a body', async () => {
    const one = await ask('/contacts/x');
    expect(one.headers.get('content-length')).toBe(String((await one.text()).length));
    expect((await ask('/contacts')).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect((await (await ask('/stream')).arrayBuffer()).byteLength).toBe(2_000_000);
    const head = await ask('/contacts/x', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('need no Request and no Response between them and the connection, and can have both', async () => {
    const one = await ask('/plain/x?q=1', { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect([one.status, await one.text(), one.headers.get('content-length')]).toEqual([200, 'ü x', '4']);
    expect([one.headers.get('x-query'), one.headers.get('x-from')]).toEqual(['?q=1', '203.0.113.7']);
    for (const size of [0, 3, 900_000]) {
      const body = 'ü'.repeat(size);
      for (const method of ['POST', 'PUT']) expect(await (await ask('/plain/x', { method, body })).text()).toBe(body);
    }
    const gone = await ask('/plain/x', { method: 'DELETE' });
    expect([gone.status, await gone.text(), gone.headers.get('x-body')]).toEqual([204, '', 'false']);
    const head = await ask('/plain/x', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '4', '']);
  });

  it('end a stream whose reader hangs up, and go on serving', async () => {
    const hangUp = new AbortController();
    const answer = await ask('/stream', { signal: hangUp.signal });
    await answer.body?.getReader().read();
    hangUp.abort();
    expect((await ask('/contacts/x')).status).toBe(200);
  });

  it('know where a request came from: the connection, or what a proxy in front says', async () => {
    expect(await (await ask('/from')).text()).toBe('127.0.0.1');
    expect(await (await ask('/from', { headers: { 'x-forwarded-for': '203.0.113.7' } })).text()).toBe('203.0.113.7');
  });
});
