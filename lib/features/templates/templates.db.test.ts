import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { archiveTemplate, unarchiveTemplate } from '@/lib/features/templates/archive-template';
import { checkTemplate } from '@/lib/features/templates/check-template';
import { createTemplate } from '@/lib/features/templates/create-template';
import { duplicateTemplate } from '@/lib/features/templates/duplicate-template';
import { getTemplate, getTemplateVersion } from '@/lib/features/templates/get-template';
import { listStarters, listTemplates, listTemplateVersions } from '@/lib/features/templates/list-templates';
import { readAsset } from '@/lib/features/templates/read-asset';
import { restoreTemplate } from '@/lib/features/templates/restore-template';
import { updateTemplate } from '@/lib/features/templates/update-template';
import { MAX_ASSET_BYTES, uploadAsset } from '@/lib/features/templates/upload-asset';

let database: TestDatabase;
const as = (name: string, workspaceId = 'wsp_a', role: 'marketer' | 'viewer' = 'marketer'): Ctx => ({
  workspaceId,
  actor: { type: 'user', userId: `usr_${name}`, name, role },
});
const mei = as('Mei');

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  await pool()`insert into workspaces (id, name, slug, settings) values ('wsp_a', 'A', 'a', '{"postalAddress":"1 Road"}'), ('wsp_b', 'B', 'b', '{}')`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

const email = (subject: string, ...blocks: object[]) => ({
  subject,
  blocks: blocks.length > 0 ? blocks : [{ type: 'footer' }],
});

describe('a template', () => {
  it('starts from any starter, and every starter can be stored', async () => {
    for (const { id: starterId, name } of listStarters()) {
      const { id } = await createTemplate(mei, { channel: 'email', name, starterId });
      expect((await getTemplate(mei, id)).channel).toBe('email');
    }
    await expect(createTemplate(mei, { channel: 'email', name: 'x', starterId: 'none' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is not saved over what somebody else saved meanwhile, and says who did', async () => {
    const { id } = await createTemplate(mei, { channel: 'email', name: 'Shared', content: email('One') });
    expect(await updateTemplate(as('Tan'), { id, revision: 1, content: email('Two') })).toEqual({ revision: 2 });
    const stale = updateTemplate(mei, { id, revision: 1, content: email('Three') });
    await expect(stale).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('Tan saved') });
    expect(await getTemplate(mei, id)).toMatchObject({ revision: 2, content: { subject: 'Two' } });
  });

  it('saved by two at once is saved by one', async () => {
    const { id } = await createTemplate(mei, { channel: 'sms', name: 'Race', content: { text: 'a' } });
    const saves = ['b', 'c', 'd'].map((text) => updateTemplate(mei, { id, revision: 1, content: { text } }));
    const settled = await Promise.allSettled(saves);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('keeps every version and goes back to one without losing those between', async () => {
    const { id } = await createTemplate(mei, { channel: 'email', name: 'History', content: email('One') });
    await updateTemplate(mei, { id, revision: 1, content: email('Two') });
    expect(await restoreTemplate(mei, { id, revision: 2, version: 1 })).toEqual({ revision: 3 });
    expect((await listTemplateVersions(mei, id)).map(({ revision }) => revision)).toEqual([3, 2, 1]);
    expect((await getTemplate(mei, id)).content).toMatchObject({ subject: 'One' });
    expect((await getTemplateVersion(mei, id, 2)).content).toMatchObject({ subject: 'Two' });
    await expect(restoreTemplate(mei, { id, revision: 3, version: 9 })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that could not be rendered is not stored, and the mistake is named', async () => {
    const wrong = createTemplate(mei, { channel: 'email', name: 'Wrong', content: email('Hi {{ first_name') });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid', issues: [{ path: 'subject' }] });
  });

  it('is copied, hidden and found again, in its own workspace only', async () => {
    const { id } = await createTemplate(mei, { channel: 'email', name: 'Quarterly 100%', content: email('Findable') });
    const copy = await duplicateTemplate(mei, id);
    expect((await getTemplate(mei, copy.id)).name).toBe('Quarterly 100% (copy)');
    expect((await listTemplates(mei, { q: '100%' })).items.map((row) => row.id).sort()).toEqual([id, copy.id].sort());
    await archiveTemplate(mei, id);
    await expect(updateTemplate(mei, { id, revision: 1, name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await listTemplates(mei, { archived: true })).items.map((row) => row.id)).toEqual([id]);
    await unarchiveTemplate(mei, id);
    await expect(getTemplate(as('Eve', 'wsp_b'), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(archiveTemplate(as('Eve', 'wsp_b'), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(archiveTemplate(as('Vi', 'wsp_a', 'viewer'), id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is listed in pages that hold each once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listTemplates>> = await listTemplates(mei, {
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map((row) => row.id));
      cursor = page.nextCursor;
    } while (cursor);
    const [all] =
      await pool()`select count(*)::int as n from templates where workspace_id = 'wsp_a' and archived_at is null`;
    expect([seen.length, new Set(seen).size]).toEqual([all?.n, all?.n]);
  });
});

describe('checking a template', () => {
  it('counts the contacts whom an unknown tag or a missing fallback hits', async () => {
    await pool()`insert into attribute_definitions (workspace_id, key, label, type) values ('wsp_a', 'plan', 'Plan', 'text')`;
    await pool()`
      insert into contacts (id, workspace_id, first_name, attributes)
      select 'con_' || n, 'wsp_a', case when n <= 7 then 'Mei' end,
             case when n <= 4 then '{"plan":"Pro"}'::jsonb else '{}'::jsonb end from generate_series(1, 10) n`;
    const findings = await checkTemplate(mei, {
      channel: 'sms',
      content: {
        text: '{{ first_name }} {{ plan }} {{ plam }} {{ last_name | fallback: "x" }} {{ ol | fallback: "y" }}',
      },
    });
    expect(findings.map(({ code, field, contacts, isCritical }) => [code, field, contacts, isCritical])).toEqual([
      ['unknown_tag', 'plam', 10, true],
      ['unknown_tag', 'ol', 10, false],
      ['no_fallback', 'first_name', 3, false],
      ['no_fallback', 'plan', 6, false],
    ]);
    expect(findings[2]?.message).toBe('3 of 10 contacts have no first name and would see a gap. Add a fallback.');
  });

  it('finds a missing unsubscribe link and postal address', async () => {
    const codes = async (ctx: Ctx, ...blocks: object[]) =>
      (await checkTemplate(ctx, { channel: 'email', content: email('Hi', ...blocks) })).map(({ code }) => code);
    expect(await codes(mei, { type: 'footer' })).toEqual([]);
    expect(await codes(mei, { type: 'text', content: 'Hi' })).toEqual(['no_unsubscribe_link', 'no_postal_address']);
    expect(await codes(as('Eve', 'wsp_b'), { type: 'footer' })).toEqual(['no_postal_address']);
  });
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('an image', () => {
  it('is what its bytes say, whatever it is called, and comes back as it was', async () => {
    const asset = await uploadAsset(mei, '../../evil".html', PNG);
    expect(asset).toMatchObject({ mediaType: 'image/png', width: 1, height: 1 });
    const file = await readAsset(asset.id);
    expect(file).toMatchObject({ fileName: 'evil_.png', mediaType: 'image/png' });
    expect(Buffer.from(file?.data ?? []).equals(PNG)).toBe(true);
  });

  it('that is none, that is SVG, or that is too large is refused', async () => {
    for (const data of ['<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'MZ'.repeat(40), '']) {
      await expect(uploadAsset(mei, 'a.png', Buffer.from(data))).rejects.toMatchObject({ code: 'invalid' });
    }
    const huge = Buffer.concat([PNG, Buffer.alloc(MAX_ASSET_BYTES)]);
    await expect(uploadAsset(mei, 'a.png', huge)).rejects.toMatchObject({ code: 'limit' });
    const wide = Buffer.from(PNG);
    wide.writeUInt32BE(100_000, 16);
    wide.writeUInt32BE(100_000, 20);
    await expect(uploadAsset(mei, 'a.png', wide)).rejects.toMatchObject({ code: 'limit' });
    expect(await readAsset('ast_../../etc/passwd')).toBeNull();
  });
});
