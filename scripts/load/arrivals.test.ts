import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrive, complaintOf } from './arrivals';

let server: Server;
let port = 0;
let asked = 0;

beforeAll(async () => {
  let stallUntil = 0;
  server = createServer((request, response) => {
    asked++;
    if (request.url === '/stall/0') stallUntil = Date.now() + 400;
    const answer = () => response.writeHead(request.url === '/bad/3' ? 503 : 200).end();
    setTimeout(answer, Math.max(0, stallUntil - Date.now()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const load = (kind: string) =>
  arrive({
    port,
    perSecond: 100,
    seconds: 0.5,
    call: (n) => ({ method: 'GET', path: `/${kind}/${n}` }),
    isGood: (status) => status === 200,
  });

describe('a load at a fixed rate', () => {
  it('asks as often as it was told, and names what failed', async () => {
    asked = 0;
    const report = await load('bad');
    expect([report.asked, asked]).toEqual([50, 50]);
    expect(report.good).toBe(49);
    expect(complaintOf('pages', report)).toBe('pages: 1 of 50 failed (1 × 503)');
  });

  it('goes on asking while the server stalls, and charges it for all who waited', async () => {
    const report = await load('stall');
    expect(complaintOf('pages', report)).toBeNull();
    // those due in the middle of the stall waited half of it, though none was answered slowly by itself
    expect(report.medianMs).toBeGreaterThan(100);
    expect(report.maxMs).toBeGreaterThanOrEqual(390);
  });
});
