import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as savePreferences, GET as showPreferences } from '@/app/(public)/preferences/[token]/route';
import { refusePersonalLink } from '@/app/(public)/public-limits';
import { GET as click, HEAD as scan } from '@/app/api/t/c/[token]/[link]/route';
import { GET as open } from '@/app/api/t/o/[token]/route';
import { GET as showUnsubscribe, POST as unsubscribe } from '@/app/u/[token]/route';
import { signToken } from '@/lib/features/secrets/tokens';

// no database runs here: whatever asked for one would answer 503, or not at all
beforeAll(() => {
  vi.stubEnv('WAYBILL_SECRET', 'y'.repeat(32));
  vi.stubEnv('DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none');
});
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_800_000_000_000 }));
afterEach(() => {
  vi.useRealTimers();
  (globalThis as { waybillPublicBuckets?: unknown }).waybillPublicBuckets = undefined;
});

const visit = (ip: string, method = 'GET') => {
  const body = method === 'POST' ? new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) : undefined;
  return new Request('https://mail.example/x', {
    method,
    headers: { 'x-forwarded-for': `10.9.8.7, ${ip}` },
    ...(body && { body }),
  });
};
const params = <T>(value: T) => ({ params: Promise.resolve(value) });

/** One more forged signature each time. */
let forged = 0;
const badToken = () => `${(++forged).toString(36)}.AAAAAAAAAAAAAAAA`;

const ROUTES: Record<string, (ip: string) => Promise<Response>> = {
  'the unsubscribe page': (ip) => showUnsubscribe(visit(ip), params({ token: badToken() })),
  'a one-click request': (ip) => unsubscribe(visit(ip, 'POST'), params({ token: badToken() })),
  'the preference page': (ip) => showPreferences(visit(ip), params({ token: badToken() })),
  'its form': (ip) => savePreferences(visit(ip, 'POST'), params({ token: badToken() })),
  'a click': (ip) => click(visit(ip), params({ token: badToken(), link: '0' })),
  'a scanner': (ip) => scan(visit(ip, 'HEAD'), params({ token: badToken(), link: '0' })),
};

describe('signatures that are not ours', () => {
  it.each(Object.entries(ROUTES))(
    'are refused at %s without the database, and after thirty not even looked at',
    async (_, ask) => {
      const statuses: number[] = [];
      for (let n = 0; n < 40; n++) statuses.push((await ask('203.0.113.9')).status);
      expect(statuses).toEqual([...Array(30).fill(404), ...Array(10).fill(429)]);
      const refused = await ask('203.0.113.9');
      expect(refused.headers.get('retry-after')).toBe('2');
      expect(refused.headers.get('set-cookie')).toBeNull();
      expect((await ask('203.0.113.10')).status).toBe(404);
      vi.setSystemTime(Date.now() + 2_000);
      expect([(await ask('203.0.113.9')).status, (await ask('203.0.113.9')).status]).toEqual([404, 429]);
    },
  );

  it('are counted over all kinds of link, and for the /64 that one IPv6 customer holds', async () => {
    const kinds = Object.values(ROUTES);
    for (let n = 0; n < 30; n++) await kinds[n % kinds.length]?.(`2001:db8:1:2::${n.toString(16)}`);
    expect((await showUnsubscribe(visit('2001:db8:1:2:ffff::1'), params({ token: badToken() }))).status).toBe(429);
    expect((await showUnsubscribe(visit('2001:db8:1:3::1'), params({ token: badToken() }))).status).toBe(404);
  });

  it('cost the pixel nothing either: ten thousand get the same picture, with no database there', async () => {
    const picture = await open(visit('203.0.113.9'), params({ token: badToken() })).then((answer) => answer.text());
    const started = performance.now();
    for (let n = 0; n < 10_000; n++) {
      const answer = await open(visit('203.0.113.9'), params({ token: badToken() }));
      if (answer.status !== 200 || (await answer.text()) !== picture) throw new Error(`the ${n}th was different`);
    }
    console.info(`10,000 forged opens in ${Math.round(performance.now() - started)} ms`);
  });
});

describe('signatures that are ours', () => {
  const headers = (ip: string) => new Headers({ 'x-forwarded-for': ip });
  const statusOf = (kind: 'page' | 'unsubscribe' | 'preferences', id: number, ip: string) =>
    refusePersonalLink(kind, headers(ip), signToken('unsubscribe', id))?.status ?? 200;

  it('of a thousand recipients may unsubscribe at one moment from the one address of their mail provider', () => {
    const at = Array.from({ length: 1_000 }, (_, id) => statusOf('unsubscribe', id, '209.85.238.1'));
    expect(at.every((status) => status === 200)).toBe(true);
    expect(statusOf('unsubscribe', 1_001, '209.85.238.1')).toBe(429);
    expect(statusOf('unsubscribe', 1_001, '209.85.239.1')).toBe(200);
  });

  it('may go on doing so at a hundred a second', () => {
    let refused = 0;
    for (let id = 0; id < 20_000; id++) {
      if (id % 10 === 0) vi.setSystemTime(Date.now() + 100);
      if (statusOf('unsubscribe', id, '209.85.238.1') !== 200) refused++;
    }
    expect(refused).toBe(0);
  });

  it('are slowed down where one link is used again and again, wherever that comes from', () => {
    const statuses = Array.from({ length: 25 }, (_, n) => statusOf('page', 7, `198.51.100.${n}`));
    expect(statuses).toEqual([...Array(20).fill(200), ...Array(5).fill(429)]);
    expect(statusOf('page', 8, '198.51.100.1')).toBe(200);
    expect(statusOf('unsubscribe', 7, '198.51.100.1')).toBe(200);
  });

  it('of another purpose are not ours here', () => {
    const headersOf = headers('203.0.113.9');
    expect(refusePersonalLink('page', headersOf, signToken('click', 7))?.status).toBe(404);
  });
});
