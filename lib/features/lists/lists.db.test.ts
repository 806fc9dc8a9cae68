import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createContact } from '@/lib/features/contacts/create-contact';
import { archiveList } from '@/lib/features/lists/archive-list';
import { createList } from '@/lib/features/lists/create-list';
import { getList } from '@/lib/features/lists/get-list';
import { listLists } from '@/lib/features/lists/list-lists';
import { removeContacts } from '@/lib/features/lists/remove-contacts';
import { subscribeContacts } from '@/lib/features/lists/subscribe-contacts';
import { unsubscribeContacts } from '@/lib/features/lists/unsubscribe-contacts';
import { updateList } from '@/lib/features/lists/update-list';

let database: TestDatabase;
const as = (workspaceId: string, role: 'marketer' | 'viewer' = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Mei', role },
});
const ours = as('wsp_a');
const theirs = as('wsp_b');
const viewer = as('wsp_a', 'viewer');
let listId: string;
let people: string[];

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a'), ('wsp_b', 'B', 'b')`;
  listId = (await createList(ours, { name: 'Newsletter' })).id;
  people = [];
  for (const n of [1, 2, 3]) people.push((await createContact(ours, { email: `p${n}@example.com` })).id);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('a list', () => {
  it('has a name that is unique in its workspace', async () => {
    await expect(createList(ours, { name: 'Newsletter' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(createList(theirs, { name: 'Newsletter' })).resolves.toBeTruthy();
    await expect(createList(viewer, { name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    const { id } = await createList(ours, { name: 'Other' });
    await expect(updateList(ours, { id, name: 'Newsletter' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(updateList(theirs, { id, name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' });
    await updateList(ours, { id, description: 'two' });
    expect(await getList(ours, { id })).toMatchObject({ name: 'Other', description: 'two' });
    await expect(getList(theirs, { id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes people with evidence and keeps who unsubscribed as such', async () => {
    const wish = { listId, contactIds: people, source: 'form', evidence: { page: '/join' } };
    expect(await subscribeContacts(ours, wish)).toEqual({ subscribed: 3, keptUnsubscribed: 0 });
    expect(await subscribeContacts(ours, wish)).toEqual({ subscribed: 0, keptUnsubscribed: 0 });
    const leave = { listId, contactIds: people.slice(0, 1), source: 'phone call' };
    expect(await unsubscribeContacts(ours, leave)).toEqual({ unsubscribed: 1 });
    expect(await unsubscribeContacts(ours, leave)).toEqual({ unsubscribed: 0 });
    expect(await subscribeContacts(ours, wish)).toEqual({ subscribed: 0, keptUnsubscribed: 1 });
    expect(await removeContacts(ours, { listId, contactIds: people.slice(0, 2) })).toEqual({ removed: 1 });
    expect(await getList(ours, { id: listId })).toMatchObject({ subscribed: 1, unsubscribed: 1, pending: 0 });
    expect(await subscribeContacts(ours, { ...wish, resubscribe: true })).toEqual({
      subscribed: 2,
      keptUnsubscribed: 0,
    });
  });

  it('takes nobody of another workspace, and nothing from people who may not', async () => {
    const stranger = (await createContact(theirs, { email: 's@example.com' })).id;
    const wish = { listId, contactIds: [stranger], source: 'form' };
    await expect(subscribeContacts(ours, wish)).rejects.toMatchObject({ code: 'not_found' });
    await expect(subscribeContacts(theirs, wish)).rejects.toMatchObject({ code: 'not_found' });
    await expect(subscribeContacts(viewer, wish)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(unsubscribeContacts(viewer, wish)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(removeContacts(theirs, wish)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is listed in pages with its counts', async () => {
    for (const name of ['alpha', 'Beta', 'gamma']) await createList(ours, { name });
    const first = await listLists(viewer, { limit: 3 });
    const second = await listLists(viewer, { limit: 3, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map((one) => one.name)).toEqual([
      'alpha',
      'Beta',
      'gamma',
      'Newsletter',
      'Other',
    ]);
    expect(second.items.find((one) => one.name === 'Newsletter')).toMatchObject({ subscribed: 3 });
  });

  it('can be archived, once', async () => {
    const { id } = await createList(ours, { name: 'Old' });
    await expect(archiveList(theirs, { id })).rejects.toMatchObject({ code: 'not_found' });
    await archiveList(ours, { id });
    await archiveList(ours, { id });
    const wish = { listId: id, contactIds: people, source: 'form' };
    await expect(subscribeContacts(ours, wish)).rejects.toMatchObject({ code: 'precondition' });
    expect((await listLists(ours, { archived: true })).items.map((one) => one.name)).toEqual(['Old']);
  });
});
