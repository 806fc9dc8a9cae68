import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { countContacts } from '@/lib/features/contacts/count-contacts';
import { countChanged } from '@/lib/features/imports/count-changed';
import { listRemarks } from '@/lib/features/imports/list-remarks';
import { importRow, importText, makeWorkspace, SAMPLE } from '@/lib/features/imports/testing';

let database: TestDatabase;
let ctx: Ctx;
let importId: string;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  ctx = await makeWorkspace('wsp_a');
  importId = await importText(ctx, SAMPLE);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

/** Row of the file, what it is about, what happens to it, and the remark a person finds. */
const OUTCOMES: [row: number, what: string, outcome: 'taken' | 'rejected', code: string | null][] = [
  [680, 'a second customer number for one email', 'taken', 'shared_email'],
  [1264, 'a second customer number for one email', 'taken', 'shared_email'],
  [629, 'a second customer number for one email', 'taken', 'shared_email'],
  [1715, 'a second customer number for one email', 'taken', 'shared_email'],
  [2002, 'a second customer number for one email', 'taken', 'shared_email'],
  [1101, 'a second customer number for one email', 'taken', 'shared_email'],
  [1180, 'a second customer number for one email', 'taken', 'shared_email'],
  [1063, 'a second customer number for one email', 'taken', 'shared_email'],
  [1091, 'not-an-email', 'rejected', 'email_invalid'],
  [1658, 'an email that ends at the @', 'rejected', 'email_invalid'],
  [1026, 'an email that begins with the @', 'rejected', 'email_invalid'],
  [1135, 'two @', 'rejected', 'email_invalid'],
  [850, 'a space in an email', 'rejected', 'email_invalid'],
  [151, 'two emails in one cell', 'rejected', 'email_multiple'],
  [1885, 'a header smuggled behind a line break', 'rejected', 'email_control_characters'],
  [770, 'an address in Japanese (RFC 6531)', 'taken', null],
  [843, '80 characters before the @', 'rejected', 'email_too_long'],
  [1697, 'no email but a phone', 'taken', null],
  [1372, 'the phone 12', 'rejected', 'phone_invalid'],
  [1692, 'a phone that is too short', 'rejected', 'phone_invalid'],
  [1317, 'the phone abc', 'rejected', 'phone_invalid'],
  [1782, 'a phone that is too long', 'rejected', 'phone_invalid'],
  [973, 'a phone of blanks', 'taken', null],
  [1074, 'a phone in full-width digits', 'taken', null],
  [1882, 'two phones in one cell', 'rejected', 'phone_multiple'],
  [1494, 'a formula as a name', 'taken', 'looks_like_formula'],
  [1483, 'a script as a name', 'taken', 'looks_like_markup'],
  [1290, 'a merge tag as a name', 'taken', 'looks_like_merge_tag'],
  [517, 'a direction mark that reverses a name', 'taken', 'control_characters'],
  [1813, 'quotes and a comma in a name', 'taken', null],
  [1447, 'a line break in a name', 'taken', 'line_breaks'],
  [1867, 'a 31st of February', 'rejected', 'date_invalid'],
  [1381, 'no customer number but an email', 'taken', null],
  [1439, 'a customer number that comes again below, with the email of another', 'taken', 'shared_email'],
  [1939, 'a customer number that came before', 'taken', 'repeated_in_file'],
  [2036, 'blanks around a customer number that came before', 'taken', 'repeated_in_file'],
];

describe('the sample file', () => {
  it('is accounted for to the last row', async () => {
    const { status, counts } = await importRow(importId);
    expect(status).toBe('completed');
    expect(counts).toEqual({ rows: 2035, new: 2019, updated: 2, unchanged: 0, rejected: 14, noted: 16 });
    const [stored] = await pool()`select count(*)::int as n from contacts where workspace_id = 'wsp_a'`;
    expect(stored?.n).toBe(2019);
  });

  it('has the people it is said to have changed, and rows about somebody further up are not among them', async () => {
    expect(await countContacts(ctx, { importId })).toMatchObject({ count: 2019 });
    expect(await countContacts(ctx, { importId, change: 'updated' })).toMatchObject({
      count: await countChanged(ctx, importId),
    });
    expect(await countChanged(ctx, importId)).toBe(0);
    const repeated = await listRemarks(ctx, { importId, severity: 'note', code: 'repeated_in_file' });
    expect(repeated.items).toHaveLength(2);
  });

  it.each(OUTCOMES)('row %i, %s, is %s (%s)', async (row, _what, outcome, code) => {
    const [remark] = await pool()<{ code: string; severity: string; message: string }[]>`
      select code, severity, message from import_rejections where import_id = ${importId} and row_number = ${row}`;
    expect(remark?.code ?? null).toBe(code);
    expect(remark?.severity === 'rejected' ? 'rejected' : 'taken').toBe(outcome);
  });

  it('has no remarks about any other row', async () => {
    const remarked = await pool()<{ n: string }[]>`
      select row_number as n from import_rejections where import_id = ${importId}`;
    const expected = OUTCOMES.filter(([, , , code]) => code).map(([row]) => row);
    expect(remarked.map(({ n }) => Number(n)).sort()).toEqual(expected.sort());
  });

  it.each([
    ['C500001', { first_name: '=HYPERLINK("http://evil.example","x")' }],
    ['C500002', { first_name: '<script>alert(1)</script>' }],
    ['C500003', { first_name: '{{ last_name }}' }],
    ['C500004', { first_name: 'evil' }],
    ['C500005', { last_name: 'Tan "Bobby", Jr.' }],
    ['C500006', { first_name: 'Line Break' }],
    ['C400022', { phone: null }],
    ['C400023', { phone: '+6591234567' }],
    ['C300015', { email: '名前@例え.jp' }],
    ['C100001', { first_name: 'Meena', email: 'meena.pillai1@example.com' }],
    ['C100002', { first_name: 'Hui Min', email: 'trim.me@example.com' }],
  ])('stores %s as %o', async (externalId, expected) => {
    const [stored] = await pool()`
      select * from contacts where workspace_id = 'wsp_a' and external_id = ${externalId}`;
    expect(stored).toMatchObject(expected);
  });

  it('types its columns', async () => {
    const [stored] = await pool()`
      select * from contacts where workspace_id = 'wsp_a' and external_id = 'C100394'`;
    expect(stored).toMatchObject({
      email: 'wenxuan.chan394@example.org',
      phone: '+6583866686',
      language: 'ta',
      time_zone: 'Asia/Singapore',
      email_consent: 'granted',
      sms_consent: 'unknown',
      attributes: { plan: 'Prepaid 30', device: 'Pixel 7', contract_end: '2024-05-08', monthly_spend: 103.08 },
    });
    const types =
      await pool()`select key, label, type from attribute_definitions where workspace_id = 'wsp_a' order by key`;
    expect(types).toEqual([
      { key: 'contract_end', label: 'Contract End', type: 'date' },
      { key: 'device', label: 'Device', type: 'text' },
      { key: 'monthly_spend', label: 'Monthly Spend', type: 'number' },
      { key: 'plan', label: 'Plan', type: 'text' },
    ]);
  });

  it('adds nobody when it is imported again', async () => {
    const again = await importRow(await importText(ctx, SAMPLE));
    expect(again.counts).toMatchObject({ rows: 2035, new: 0, rejected: 14 });
    const [stored] = await pool()`select count(*)::int as n from contacts where workspace_id = 'wsp_a'`;
    expect(stored?.n).toBe(2019);
  });
});
