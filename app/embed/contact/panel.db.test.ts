import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET } from '@/app/embed/contact/[token]/route';
import { pool } from '@/lib/db/client';
import { addNote } from '@/lib/features/service/add-note';
import { createEmbedLink } from '@/lib/features/service/create-embed-link';
import { agentOf, type ServiceFixture, serviceFixture } from '@/lib/features/service/testing';
import { unsubscribeByWish } from '@/lib/features/service/unsubscribe-by-wish';

let fixture: ServiceFixture;
let contactId: string;
let token: string;

beforeAll(async () => {
  fixture = await serviceFixture();
  const { workspaceId } = fixture.ours.ctx;
  const sql = pool();
  await sql`insert into users (id, email, name) values ('usr_agent', 'mei@example.com', 'Mei')`;
  await sql`insert into members (workspace_id, user_id, role) values (${workspaceId}, 'usr_agent', 'service_agent')`;
  await sql`update workspaces set settings = settings || '{"frameAncestors":["https://crm.example.com"]}' where id = ${workspaceId}`;
  contactId = await fixture.contactOf(1);
  const ctx = agentOf(fixture.ours);
  await addNote(ctx, { contactId, text: 'Asked about <b>her</b> parcel.\nWill call again.' });
  await unsubscribeByWish(ctx, { contactId, channel: 'sms', reason: 'phone', note: 'Too many' });
  token = (await createEmbedLink(ctx, { contactId, minutes: 5 })).url.split('/').at(-1) ?? '';
});
afterAll(() => fixture.end());

const open = (given: string) =>
  GET(new Request('http://localhost:3000/embed'), { params: Promise.resolve({ token: given }) });

describe('the panel in another system', () => {
  it('says when each thing was, in the zone of the workspace, and runs nothing', async () => {
    const answer = await open(token);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    const lines = [...html.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => !line.includes('<time datetime='))).toEqual([]);
    expect(html).toContain('&lt;b&gt;her&lt;/b&gt; parcel.\nWill call again.');
    expect(html).not.toMatch(/<script|<form|<img|<a /);
  });

  it('is framed by the sites that the workspace names and kept by nobody; a page that shows nothing is framed by none', async () => {
    const good = await open(token);
    expect(good.headers.get('content-security-policy')).toContain('frame-ancestors https://crm.example.com');
    expect([good.headers.get('cache-control'), good.headers.get('referrer-policy')]).toEqual([
      'no-store, private',
      'no-referrer',
    ]);
    for (const wrong of [
      `${token.slice(0, -10)}${token.at(-10) === 'A' ? 'B' : 'A'}${token.slice(-9)}`,
      token.slice(1),
      'x',
      '',
    ]) {
      const answer = await open(wrong);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(await answer.text()).not.toContain('example.com');
    }
  });

  it('ends when whoever made the link may not look customers up any more', async () => {
    await pool()`update members set role = 'viewer' where user_id = 'usr_agent'`;
    const answer = await open(token);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('This panel has ended');
  });
});
