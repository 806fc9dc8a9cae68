import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { Role } from '@/lib/domain/role';
import { browseContacts } from '@/lib/features/contacts/browse-contacts';
import { countContacts } from '@/lib/features/contacts/count-contacts';
import { listAttributeValues } from '@/lib/features/contacts/list-attribute-values';

let database: TestDatabase;
const as = (workspaceId: string, role: Role = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Mei', role },
});
const ours = as('wsp_a');

const PEOPLE = [
  { id: 'con_1', email: 'c@x.io', external: 'B2', plan: '"Pro"' },
  { id: 'con_2', email: null, external: 'a1', plan: '"Basic"' },
  { id: 'con_3', email: 'a@x.io', external: null, plan: '["Pro","Gold"]' },
  { id: 'con_4', email: 'a@x.io', external: 'B10', plan: '7' },
  { id: 'con_5', email: null, external: null, plan: 'null' },
];

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`
    insert into workspaces (id, name, slug, settings) values ('wsp_a', 'A', 'a', '{}'), ('wsp_b', 'B', 'b', '{}')`;
  for (const { id, email, external, plan } of PEOPLE) {
    await pool()`
      insert into contacts (id, workspace_id, email, external_id, first_name, attributes)
      values (${id}, 'wsp_a', ${email}, ${external}, ${`Name ${id.slice(4)}`}, ${`{"plan":${plan}}`}::text::jsonb)`;
  }
  await pool()`insert into contacts (id, workspace_id, email) values ('con_9', 'wsp_b', 'a@x.io')`;
  await pool()`update contacts set email_opted_out_at = now(), email_consent = 'granted' where id = 'con_1'`;
  await pool()`update contacts set email_consent = 'granted' where id in ('con_3', 'con_9')`;
  await pool()`insert into lists (id, workspace_id, name) values ('lst_1', 'wsp_a', 'L')`;
  await pool()`
    insert into subscriptions (workspace_id, list_id, contact_id, status, source)
    values ('wsp_a', 'lst_1', 'con_1', 'subscribed', 'test'), ('wsp_a', 'lst_1', 'con_4', 'unsubscribed', 'test')`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

type Input = Parameters<typeof browseContacts>[1];

/** Every page, two at a time, as the ids in the order in which they come. */
async function walk(input: Input): Promise<string> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await browseContacts(ours, { ...input, limit: 2, ...(cursor && { cursor }) });
    ids.push(...page.items.map(({ id }) => id.slice(4)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return ids.join('');
}

describe('the list of contacts', () => {
  it('comes in each order, every contact once, those without the value last', async () => {
    expect(await walk({})).toBe('54321');
    expect(await walk({ sort: 'added', direction: 'asc' })).toBe('12345');
    expect(await walk({ sort: 'email', direction: 'asc' })).toBe('34125');
    expect(await walk({ sort: 'email', direction: 'desc' })).toBe('13425');
    expect(await walk({ sort: 'external_id', direction: 'asc' })).toBe('41235');
    expect(await walk({ sort: 'external_id', direction: 'desc' })).toBe('21435');
  });
  it('is narrowed by search, list, status and consent, in the same orders', async () => {
    expect(await walk({ search: 'a', sort: 'email', direction: 'asc' })).toBe('342');
    expect(await walk({ search: 'name' })).toBe('54321');
    expect(await walk({ listId: 'lst_1' })).toBe('41');
    expect(await walk({ listId: 'lst_1', status: 'unsubscribed' })).toBe('4');
    expect(await walk({ consent: 'email_granted' })).toBe('3');
    expect(await walk({ consent: 'email_opted_out' })).toBe('1');
    expect(await walk({ search: '%_' })).toBe('');
  });
  it('has the count that its pages add up to', async () => {
    expect(await countContacts(ours)).toEqual({ count: 5, isMore: false });
    expect(await countContacts(ours, { search: 'name' })).toEqual({ count: 5, isMore: false });
    expect(await countContacts(ours, { consent: 'email_granted' })).toEqual({ count: 1, isMore: false });
  });
  it('shows nothing of another workspace, and nothing to a service agent', async () => {
    expect((await browseContacts(as('wsp_b'), { search: 'c@' })).items).toEqual([]);
    await expect(browseContacts(as('wsp_a', 'service_agent'))).rejects.toMatchObject({ code: 'forbidden' });
  });
  it('refuses a page link that is damaged', async () => {
    await expect(browseContacts(ours, { cursor: 'e30' })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('the known values of an attribute', () => {
  it('are texts and tags, the most frequent first', async () => {
    expect(await listAttributeValues(ours, { key: 'plan' })).toEqual({ values: ['Pro', 'Basic', 'Gold'] });
    expect(await listAttributeValues(as('wsp_b'), { key: 'plan' })).toEqual({ values: [] });
  });
});
