import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { Role } from '@/lib/domain/role';
import { createContact } from '@/lib/features/contacts/create-contact';
import { defineAttribute } from '@/lib/features/contacts/define-attribute';
import { eraseContact } from '@/lib/features/contacts/erase-contact';
import { getContact } from '@/lib/features/contacts/get-contact';
import { listAttributes } from '@/lib/features/contacts/list-attributes';
import { listContacts } from '@/lib/features/contacts/list-contacts';
import { listInteractions } from '@/lib/features/contacts/list-interactions';
import { optOutContact } from '@/lib/features/contacts/opt-out-contact';
import { recordConsent } from '@/lib/features/contacts/record-consent';
import { updateContact } from '@/lib/features/contacts/update-contact';

let database: TestDatabase;
const as = (workspaceId: string, role: Role = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: 'usr_1', name: 'Mei', role },
});
const ours = as('wsp_a');
const theirs = as('wsp_b');
let wei: string;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`
    insert into workspaces (id, name, slug, settings) values
      ('wsp_a', 'A', 'a', '{"defaultCountry":"SG"}'), ('wsp_b', 'B', 'b', '{}')`;
  await defineAttribute(ours, { label: 'Monthly Spend', type: 'number' });
  await defineAttribute(ours, { label: 'Plan', type: 'text' });
  const made = await createContact(ours, {
    externalId: ' C1 ',
    email: ' Wei.Ming@Example.COM ',
    phone: '9123 4567',
    firstName: 'Wei Ming',
    lastName: "O'Brien",
    language: 'en',
    timeZone: 'asia/singapore',
    attributes: { plan: 'Prepaid 30', monthly_spend: 12.5 },
  });
  wei = made.id;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('a contact', () => {
  it('is stored in normal form', async () => {
    expect(await getContact(ours, { id: wei })).toMatchObject({
      externalId: 'C1',
      email: 'wei.ming@example.com',
      phone: '+6591234567',
      timeZone: 'Asia/Singapore',
      attributes: { plan: 'Prepaid 30', monthly_spend: 12.5 },
      subscriptions: [],
      suppressions: [],
    });
  });

  it.each([
    [{ externalId: 'C1' }, 'conflict'],
    [{ firstName: 'Nobody' }, 'invalid'],
    [{ email: 'a@b.example\r\nBcc: x@y.example' }, 'invalid'],
    [{ email: 'a@b.example, c@d.example' }, 'invalid'],
    [{ phone: '12' }, 'invalid'],
    [{ email: 'a@b.example', timeZone: 'Mars/Olympus' }, 'invalid'],
    [{ email: 'a@b.example', attributes: { monthly_spend: 'much' } }, 'invalid'],
    [{ email: 'a@b.example', attributes: { unheard_of: 1 } }, 'invalid'],
  ])('is not made from %o: %s', async (input, code) => {
    await expect(createContact(ours, input)).rejects.toMatchObject({ code });
  });

  it('belongs to one workspace and to people who may', async () => {
    await expect(getContact(theirs, { id: wei })).rejects.toMatchObject({ code: 'not_found' });
    await expect(updateContact(theirs, { id: wei, firstName: 'X' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(createContact(as('wsp_a', 'viewer'), { email: 'v@example.com' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(getContact(as('wsp_a', 'service_agent'), { id: wei })).resolves.toMatchObject({ id: wei });
    await expect(eraseContact(ours, { contactId: wei, why: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('keeps what a change does not mention', async () => {
    await updateContact(ours, { id: wei, lastName: 'Tan', attributes: { monthly_spend: null } });
    await updateContact(ours, { id: wei, lastName: 'Tan', attributes: { monthly_spend: null } });
    expect(await getContact(ours, { id: wei })).toMatchObject({
      firstName: 'Wei Ming',
      lastName: 'Tan',
      attributes: { plan: 'Prepaid 30' },
    });
  });

  it('has consent and opt-outs with their source, each once, in its history', async () => {
    const wish = { contactId: wei, channel: 'email' as const, source: 'phone call', evidence: { call: '17' } };
    expect(await recordConsent(ours, { ...wish, consent: 'granted' })).toEqual({ changed: true });
    expect(await recordConsent(ours, { ...wish, consent: 'granted' })).toEqual({ changed: false });
    expect(await optOutContact(as('wsp_a', 'service_agent'), wish)).toEqual({ changed: true });
    expect(await optOutContact(ours, wish)).toEqual({ changed: false });
    expect(await optOutContact(ours, { ...wish, optedOut: false })).toEqual({ changed: true });
    await expect(optOutContact(theirs, wish)).rejects.toMatchObject({ code: 'not_found' });
    await expect(recordConsent(as('wsp_a', 'viewer'), { ...wish, consent: 'revoked' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const first = await listInteractions(ours, { contactId: wei, limit: 2 });
    const second = await listInteractions(ours, { contactId: wei, cursor: first.nextCursor ?? '' });
    const types = [...first.items, ...second.items].map((one) => one.type);
    expect(types).toEqual(['email.resubscribed', 'email.unsubscribed', 'email.consent_granted']);
    expect(second.nextCursor).toBeNull();
    await expect(listInteractions(theirs, { contactId: wei })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a search', () => {
  it.each([
    'C1',
    'c1',
    'wei.m',
    'WEI.MING@example.com',
    '9123 4567',
    '9123',
    '+65 9123',
    '6591234567',
    '(+65) 9123-4567',
    'wei',
    'tan we',
    'Ming Tan',
  ])('finds the contact by %s', async (search) => {
    const { items } = await listContacts(ours, { search });
    expect(items.map((one) => one.id)).toContain(wei);
    expect((await listContacts(theirs, { search })).items).toEqual([]);
  });

  it.each(["'; drop table contacts; --", '%', '_', "\\' | x", '!!! & ()', ':*', 'zzz', '名前'])(
    'for %s finds nobody and breaks nothing',
    async (search) => {
      expect((await listContacts(ours, { search })).items).toEqual([]);
    },
  );

  it('gives pages that together hold everybody once', async () => {
    for (let n = 0; n < 12; n++) await createContact(ours, { externalId: `P${n}`, firstName: 'Page' });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listContacts(ours, { search: 'page', limit: 5, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
  });
});

describe('attributes', () => {
  it('keep their type', async () => {
    expect(await defineAttribute(ours, { label: 'Plan', type: 'text' })).toEqual({ key: 'plan' });
    await expect(defineAttribute(ours, { label: 'Plan', type: 'date' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(defineAttribute(ours, { label: 'x', key: 'email', type: 'text' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(defineAttribute(as('wsp_a', 'viewer'), { label: 'x', type: 'text' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await listAttributes(ours)).map((one) => one.key)).toEqual(['monthly_spend', 'plan']);
    expect(await listAttributes(theirs)).toEqual([]);
  });
});

describe('erasure', () => {
  it('leaves a keyed hash and no word of the person', async () => {
    const admin = as('wsp_a', 'admin');
    const { id } = await createContact(ours, {
      externalId: 'ERASE-1',
      email: 'forget.me@example.com',
      phone: '98765432',
      firstName: 'Forgetful',
      attributes: { plan: 'Secret Plan' },
    });
    await recordConsent(ours, {
      contactId: id,
      channel: 'sms',
      consent: 'granted',
      source: 'form',
      evidence: { from: 'forget.me@example.com' },
    });
    await pool()`
      insert into run_members (workspace_id, run_id, contact_id, wave, email, phone, snapshot)
      values ('wsp_a', 'run_1', ${id}, 1, 'forget.me@example.com', '+6598765432', '{"first_name":"Forgetful"}')`;
    await expect(eraseContact(as('wsp_b', 'admin'), { contactId: id, why: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const receipt = await eraseContact(admin, { contactId: id, why: 'asked by letter' });
    expect(receipt.cleared).toMatchObject({ run_members: 1, interactions: 1 });
    expect(await eraseContact(admin, { contactId: id, why: 'again' })).toMatchObject({ cleared: {} });
    for (const table of ['contacts', 'run_members', 'interactions', 'suppressions', 'audit_log']) {
      const rows = await pool()`select t::text as row from ${pool()(table)} t where workspace_id = 'wsp_a'`;
      expect(JSON.stringify(rows)).not.toMatch(/forget\.me|98765432|Forgetful|ERASE-1|Secret Plan/);
    }
    await expect(createContact(ours, { email: 'Forget.Me@example.com' })).rejects.toMatchObject({
      code: 'precondition',
    });
    await expect(updateContact(ours, { id, firstName: 'Back' })).rejects.toMatchObject({ code: 'precondition' });
    expect((await listContacts(ours, { search: 'forget' })).items).toEqual([]);
  });
});
