import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createTemplate } from '@/lib/features/templates/create-template';
import { findPreviewContacts } from '@/lib/features/templates/find-preview-contacts';
import { getTemplate } from '@/lib/features/templates/get-template';
import { listMergeFields } from '@/lib/features/templates/list-merge-fields';
import { listTemplateVersions } from '@/lib/features/templates/list-templates';
import { previewTemplate } from '@/lib/features/templates/preview-template';
import { starterDocument, templateDocument } from '@/lib/features/templates/template-document';
import { updateTemplate } from '@/lib/features/templates/update-template';

let database: TestDatabase;
const as = (name: string, workspaceId = 'wsp_a', role: 'marketer' | 'viewer' | 'service_agent' = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: `usr_${name}`, name, role },
});
const mei = as('Mei');

beforeAll(async () => {
  vi.stubEnv('APP_URL', 'http://waybill.test');
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug, settings) values
    ('wsp_a', 'Acme', 'a', '{"postalAddress":"1 Road","brandColor":"#ffdd00","logoUrl":"https://acme.test/l.png"}'), ('wsp_b', 'B', 'b', '{}')`;
  await pool()`insert into attribute_definitions (workspace_id, key, label, type) values ('wsp_a', 'plan', 'Plan', 'text'), ('wsp_b', 'secret', 'Secret', 'text')`;
  await pool()`insert into contacts (id, workspace_id, external_id, email, phone, first_name, last_name, attributes) values
    ('con_1', 'wsp_a', 'C-1', 'jo.lee@example.com', '+6581111111', 'Jo', 'Lee', '{"plan":"Pro","spend":"lots"}'),
    ('con_2', 'wsp_a', 'C-2', 'an_a@example.com', null, 'Ana', 'Jones', '{}'),
    ('con_3', 'wsp_a', 'C-3', null, null, '<b>Eve</b>', null, '{}'),
    ('con_9', 'wsp_b', 'C-1', 'jo.other@example.com', null, 'Jo', 'Other', '{}')`;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await closePool();
  await database.drop();
});

const EMAIL = {
  subject: 'Hi {{ first_name | fallback: "there" }}',
  preheader: 'Your plan: {{ plan | fallback: "none" }}',
  blocks: [{ type: 'text', content: 'Dear {{ first_name }}, {{ plan }}.' }, { type: 'footer' }],
};
const preview = (ctx: Ctx, content: unknown, who: string, channel: 'email' | 'sms' = 'email') =>
  previewTemplate(ctx, { channel, content, as: who });

describe('a preview', () => {
  it('shows what this contact would read, with nothing tracked', async () => {
    const { contact, problem, message } = await preview(mei, EMAIL, 'con_1');
    expect({ contact, problem }).toEqual({ contact: { id: 'con_1', name: 'Jo Lee' }, problem: null });
    expect(message).toMatchObject({
      subject: 'Hi Jo',
      preheader: 'Your plan: Pro',
      text: expect.stringContaining('1 Road'),
    });
    expect(JSON.stringify(message)).not.toContain('/api/t/');
  });

  it('shows what fallbacks say to those of whom nothing is known', async () => {
    expect((await preview(mei, EMAIL, 'empty')).message).toMatchObject({ subject: 'Hi there' });
    expect((await preview(mei, EMAIL, 'example')).message).toMatchObject({ subject: 'Hi Alex' });
  });

  it('prints markup in a name as text', async () => {
    const { message } = await preview(mei, EMAIL, 'con_3');
    expect(message).toMatchObject({ html: expect.stringContaining('&lt;b&gt;Eve&lt;/b&gt;') });
  });

  it('says why a contact would get nothing, and names the field', async () => {
    const broken = { ...EMAIL, blocks: [{ type: 'text', content: '{{ spend | currency: "EUR" }}' }] };
    expect(await preview(mei, broken, 'con_1')).toMatchObject({
      message: null,
      problem: expect.stringContaining('spend'),
    });
  });

  it('counts the segments of a text message as this contact receives it', async () => {
    const text = await preview(mei, { text: 'Hi {{ first_name }} ☕' }, 'con_1', 'sms');
    expect(text.message).toMatchObject({ text: 'Hi Jo ☕', encoding: 'UCS-2', segments: 1, nonGsm: ['☕'] });
  });

  it('shows nobody of another workspace, and nobody to those who may not see contacts', async () => {
    await expect(preview(mei, EMAIL, 'con_9')).rejects.toMatchObject({ code: 'not_found' });
    await expect(preview(as('Sam', 'wsp_a', 'service_agent'), EMAIL, 'con_1')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(findPreviewContacts(as('Sam', 'wsp_a', 'service_agent'))).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('refuses content the grammar refuses, naming the place', async () => {
    const bad = { ...EMAIL, blocks: [{ type: 'button', label: 'x', url: 'javascript:1' }] };
    await expect(preview(mei, bad, 'example')).rejects.toMatchObject({
      code: 'invalid',
      issues: [{ path: 'blocks.0.url', message: expect.any(String) }],
    });
  });
});

describe('contacts to preview as', () => {
  const found = async (q: string) => (await findPreviewContacts(mei, { q })).map(({ id }) => id).sort();

  it('are found by the beginning of name, address, number or customer number', async () => {
    expect(await found('jo')).toEqual(['con_1', 'con_2']);
    expect(await found('jo l')).toEqual(['con_1']);
    expect(await found('JO.LEE@')).toEqual(['con_1']);
    expect(await found('+6581')).toEqual(['con_1']);
    expect(await found('C-2')).toEqual(['con_2']);
    expect(await found('')).toEqual(['con_1', 'con_2', 'con_3']);
  });

  it('are not found by wildcards or operators', async () => {
    expect(await found('an%')).toEqual(['con_2']);
    expect(await found('%@%')).toEqual([]);
    expect(await found(`' | ! & <->`)).toEqual([]);
    expect(await found('an_a@')).toEqual(['con_2']);
  });
});

describe('templates', () => {
  it('know the fields of their own workspace', async () => {
    const keys = (await listMergeFields(mei)).map(({ key }) => key);
    expect(keys).toContain('first_name');
    expect(keys).toContain('plan');
    expect(keys).not.toContain('secret');
  });

  it('begin in the workspace’s colour, with readable text on it', async () => {
    const { id } = await createTemplate(mei, { channel: 'email', name: 'New' });
    const template = await getTemplate(mei, id);
    expect(template.content).toMatchObject({ theme: { primary: '#ffdd00', onPrimary: '#000000', header: 'logo' } });
    const given = await createTemplate(mei, { channel: 'email', name: 'Given', content: EMAIL });
    expect((await getTemplate(mei, given.id)).content).toMatchObject({ theme: { primary: '#0f766d' } });
  });

  it('are whole pages in earlier versions too, and starters are', async () => {
    const { id } = await createTemplate(mei, { channel: 'email', name: 'Paged', content: EMAIL });
    await updateTemplate(mei, {
      id,
      revision: 1,
      content: { ...EMAIL, blocks: [{ type: 'text', content: 'Second' }] },
    });
    expect(await templateDocument(mei, id)).toContain('Second');
    expect(await templateDocument(mei, id, 1)).toContain('Dear Alex');
    expect(await starterDocument(mei, 'welcome')).toContain('Good to have you here');
    const sms = await createTemplate(mei, { channel: 'sms', name: 'S', content: { text: '<i>hi</i>' } });
    expect(await templateDocument(mei, sms.id)).toContain('&lt;i&gt;hi&lt;/i&gt;');
    await expect(templateDocument(as('X', 'wsp_b'), id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('saving while somebody types', () => {
  const content = (text: string) => ({ text });

  it('makes one version of one person’s spell, and another of the next person’s', async () => {
    const { id } = await createTemplate(mei, { channel: 'sms', name: 'Typed', content: content('0') });
    await pool()`update template_versions set saved_at = now() - interval '1 hour' where template_id = ${id}`;
    let revision = 1;
    for (const text of ['1', '12', '123']) {
      ({ revision } = await updateTemplate(mei, { id, revision, content: content(text), isAutosave: true }));
      // a spell may happen to end while this test runs; the clock of the versions is held still instead
      await pool()`update template_versions set saved_at = now() where template_id = ${id} and revision > 1`;
    }
    expect(revision).toBe(4);
    expect((await listTemplateVersions(mei, id)).map((version) => version.revision)).toEqual([4, 1]);
    await updateTemplate(as('Tan'), { id, revision: 4, content: content('theirs'), isAutosave: true });
    await updateTemplate(mei, { id, revision: 5, content: content('mine') });
    expect((await listTemplateVersions(mei, id)).map((version) => version.revision)).toEqual([6, 5, 4, 1]);
  });

  it('never drops the first version, and audits a spell once', async () => {
    const { id } = await createTemplate(mei, { channel: 'sms', name: 'First', content: content('0') });
    await updateTemplate(mei, { id, revision: 1, content: content('1'), isAutosave: true });
    expect((await listTemplateVersions(mei, id)).map((version) => version.revision)).toEqual([2, 1]);
    await updateTemplate(mei, { id, revision: 2, content: content('2'), isAutosave: true, name: 'Renamed' });
    expect((await getTemplate(mei, id)).name).toBe('Renamed');
  });

  it('keeps the newest hundred versions, however far apart their numbers are', async () => {
    const { id } = await createTemplate(mei, { channel: 'sms', name: 'Long', content: content('0') });
    await pool()`update templates set revision = 1000 where id = ${id}`;
    await pool()`insert into template_versions (workspace_id, template_id, revision, content, saved_by)
      select 'wsp_a', ${id}, n * 10, '{"text":"x"}', 'Mei' from generate_series(1, 100) n`;
    await updateTemplate(mei, { id, revision: 1000, content: content('1001') });
    const kept = (await listTemplateVersions(mei, id)).map((version) => version.revision);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([100, 1001, 20]);
  });
});
