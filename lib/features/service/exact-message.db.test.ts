import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import { messageDocument } from '@/lib/features/service/message-document';
import { rebuildMessage } from '@/lib/features/service/rebuild-message';
import { searchCustomers } from '@/lib/features/service/search-customers';
import { agentOf, type ServiceFixture, serviceFixture } from '@/lib/features/service/testing';

let s: ServiceFixture;

beforeAll(async () => {
  s = await serviceFixture();
});
afterAll(() => s.end());

describe('a search', () => {
  it.each([
    ['X3', 'number'],
    ['x3', 'number'],
    ['c3@example.com', 'email'],
    ['c3@', 'email'],
    ['zoë', 'name'],
    ['ünal', 'name'],
    ['zoë mül', 'name'],
  ])('finds a customer by %s', async (q, found) => {
    const { items } = await searchCustomers(agentOf(s.ours), { q });
    expect(items[0]).toMatchObject({ externalId: 'X3', found });
  });

  it.each(['+6591234567', '9123 4567', '(+65) 9123-4567', '0065 9123 4567', '9123', '4567', '234567'])(
    'finds a phone by %s',
    async (q) => {
      const { items } = await searchCustomers(agentOf(s.ours), { q });
      expect(items.map((one) => one.externalId)).toContain('X4');
    },
  );

  it.each(["'; drop table contacts; --", '%', '_', "\\' | x", ':*', '!!!', '', '🙂'])(
    'for %s breaks nothing',
    async (q) => {
      expect((await searchCustomers(agentOf(s.ours), { q })).items).toEqual([]);
    },
  );

  it('understands the beginnings of all words, where no whole name answers', async () => {
    const found = async (q: string) => (await searchCustomers(agentOf(s.ours), { q })).items.map(({ id }) => id);
    expect(await found('zo ün')).toEqual([await s.contactOf(3)]);
    expect(await found('mül zo')).toEqual([await s.contactOf(3)]);
    expect(await found('zo xx')).toEqual([]);
  });

  it('sees its own workspace only, and is for those who may', async () => {
    expect((await searchCustomers(agentOf(s.other), { q: 'zoë' })).items).toEqual([]);
    await expect(searchCustomers(agentOf(s.ours, 'viewer'), { q: 'zoë' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the exact message', () => {
  it.each([1, 3])('is byte for byte what the provider received', async (n) => {
    const message = await rebuildMessage(agentOf(s.ours), { deliveryId: await s.messageOf(await s.contactOf(n)) });
    const [raw, ...more] = await s.received(`c${n}@example.com`);
    expect(more).toEqual([]);
    expect(message.mime).toBe(raw);
    expect(message.html).toContain('/api/t/c/');
    expect(message).toMatchObject({ state: 'accepted', channel: 'email', to: `c${n}@example.com` });
    expect(message.headers.map((header) => header.name)).toContain('List-Unsubscribe');
  });

  it('is the exact text of an SMS', async () => {
    const message = await rebuildMessage(agentOf(s.ours), { deliveryId: await s.messageOf(await s.contactOf(4), 2) });
    expect([message.text]).toEqual(await s.received('+6591234567'));
  });

  it('is the same after the template, the customer and the sender were changed', async () => {
    const deliveryId = await s.messageOf(await s.contactOf(3));
    const before = await rebuildMessage(agentOf(s.ours), { deliveryId });
    await pool()`update contacts set first_name = 'Nobody' where id = ${await s.contactOf(3)}`;
    await pool()`update senders set address = 'other@telco.example', from_name = 'X' where id = ${s.ours.emailSenderId}`;
    await pool()`update templates set content = jsonb_set(content, '{subject}', '"Changed"') where id = ${s.ours.emailTemplateId}`;
    expect((await rebuildMessage(agentOf(s.ours), { deliveryId })).mime).toBe(before.mime);
    await pool()`update contacts set first_name = 'Zoë' where id = ${await s.contactOf(3)}`;
    await pool()`update senders set address = 'news@telco.example', from_name = 'Telco' where id = ${s.ours.emailSenderId}`;
  });

  it('is shown as a copy that reports nothing and leads nowhere', async () => {
    const shown = await messageDocument(agentOf(s.ours), { deliveryId: await s.messageOf(await s.contactOf(3)) });
    expect(shown).toContain('Zoë');
    expect(shown).not.toMatch(/\shref=|\/api\/t\/|\/u\//);
  });

  it('belongs to one workspace, to those who may, and to messages that were made', async () => {
    const deliveryId = await s.messageOf(await s.contactOf(3));
    await expect(rebuildMessage(agentOf(s.other), { deliveryId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(rebuildMessage(agentOf(s.ours), { deliveryId: 'dlv_zzzzzz' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(rebuildMessage(agentOf(s.ours), { deliveryId: "dlv_' or 1" })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(rebuildMessage(agentOf(s.ours, 'viewer'), { deliveryId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const record = await s.messageOf(await s.contactOf(3), 1);
    await expect(rebuildMessage(agentOf(s.ours), { deliveryId: record })).rejects.toMatchObject({
      code: 'precondition',
    });
  });
});
