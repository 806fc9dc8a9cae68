import { beforeEach, describe, expect, it } from 'vitest';
import { pool } from '@/lib/db/client';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { EVERY_DAY, USUAL_HOURS } from '@/lib/domain/send-hours';
import { campaignChoices } from '@/lib/features/campaigns/campaign-choices';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { preflight } from '@/lib/features/campaigns/preflight';
import { captureForTests } from '@/lib/features/testing/capture-for-tests';
import { type DispatchFixture, dispatchFixture, draftOf, type StepKind } from '@/lib/features/testing/dispatch-fixture';
import { getWorkspace } from '@/lib/features/workspaces/get-workspace';
import { updateWorkspace } from '@/lib/features/workspaces/update-workspace';

const ports = captureForTests();
let f: DispatchFixture;

beforeEach(async () => {
  f = await dispatchFixture(ports(), 6);
});

const tomorrowAt = (hour: string) => ({
  kind: 'at' as const,
  at: `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T${hour}:00Z`,
});
const NINE = { ...USUAL_HOURS.sms, whose: 'workspace' as const };

async function look(kinds: StepKind[], over: Partial<CampaignDraftInput>) {
  const { id } = await createCampaign(f.ctx, { name: 'Night', draft: draftOf(f, kinds, over) });
  const report = await preflight(f.ctx, id);
  const codes = report.findings.flatMap(({ code, level }) => (/^hours_|^sms_/.test(code) ? [`${level} ${code}`] : []));
  return { codes, report, id };
}

describe('pre-flight of hours', () => {
  it('asks to accept text messages without hours to people at another time of day, and counts them', async () => {
    await pool()`update contacts set time_zone = 'America/New_York' where workspace_id = ${f.ctx.workspaceId} and external_id = 'X1'`;
    // the others have a number of Japan, and the workspace is in UTC
    await pool()`update workspaces set time_zone = 'Asia/Tokyo' where id = ${f.ctx.workspaceId}`;
    const schedule = tomorrowAt('03:00');
    await pool()`update contacts set phone = '+8190' || lpad(substr(external_id, 2), 8, '0') where workspace_id = ${f.ctx.workspaceId}`;
    const free = await look(['sms'], { schedule });
    expect(free.codes).toEqual(['warning sms_in_other_zones']);
    expect(free.report.findings.find(({ code }) => code === 'sms_in_other_zones')?.contacts).toBe(1);
    expect((await look(['sms'], { schedule, policy: { hours: { sms: USUAL_HOURS.sms } } })).codes).toEqual([]);
    await updateWorkspace(f.ctx, { settings: { sendHours: { sms: USUAL_HOURS.sms } } });
    expect((await look(['sms'], { schedule })).codes).toEqual([]);
    expect((await look(['email'], { schedule })).codes).toEqual([]);
  });

  it('asks to accept hours that go beyond those of the workspace, and none that keep within', async () => {
    await updateWorkspace(f.ctx, { settings: { sendHours: { sms: NINE } } });
    const schedule = tomorrowAt('12:00');
    const wider = (sms: 'any' | typeof NINE) => look(['sms'], { schedule, policy: { hours: { sms } } });
    expect((await wider({ ...NINE, from: '10:00' })).codes).toEqual([]);
    const early = await wider({ ...NINE, from: '07:00' });
    expect(early.codes).toEqual(['warning hours_wider:sms']);
    expect(early.report.findings.find(({ code }) => code.startsWith('hours_wider'))?.title).toBe(
      'SMS may go every day from 07:00 to 21:00; this workspace keeps to every day from 09:00 to 21:00',
    );
    expect((await wider('any')).codes).toContain('warning hours_wider:sms');
  });

  it('says that nothing leaves at the start, that it never would, and when it would be done', async () => {
    const policy = { hours: { email: NINE }, maxPerSecond: 1 };
    const night = await look(['email'], { schedule: tomorrowAt('22:00'), policy });
    expect(night.codes).toEqual(['note hours_closed:email']);
    expect(night.report.finish.totalMs).toBe(11 * 3_600_000 + 6_000);
    const short = { ...policy, expireAfterMs: 3_600_000 };
    expect((await look(['email'], { schedule: tomorrowAt('22:00'), policy: short })).codes).toEqual([
      'warning hours_after_expiry:email',
    ]);
    const day = await look(['email'], { schedule: tomorrowAt('12:00'), policy });
    expect([day.codes, day.report.finish.totalMs]).toEqual([[], 6_000]);
  });

  it('says nothing of texts at night where hours hold them back', async () => {
    const at = { schedule: tomorrowAt('23:00') };
    await pool()`update contacts set phone = '+447700' || lpad(substr(external_id, 2), 6, '0') where workspace_id = ${f.ctx.workspaceId}`;
    expect((await look(['sms'], at)).codes).toContain('warning sms_at_night');
    expect((await look(['sms'], { ...at, policy: { hours: { sms: NINE } } })).codes).toEqual(['note hours_closed:sms']);
  });
});

describe('hours of the workspace', () => {
  it('are stored, shown to the builder, refused when they make no sense, and taken away', async () => {
    await updateWorkspace(f.ctx, { settings: { sendHours: { sms: NINE } } });
    expect((await getWorkspace(f.ctx)).settings.sendHours).toEqual({ sms: NINE });
    expect((await campaignChoices(f.ctx)).hours).toEqual({ sms: NINE });
    const bad = { sms: { ...NINE, from: '22:00' } };
    await expect(updateWorkspace(f.ctx, { settings: { sendHours: bad } })).rejects.toMatchObject({ code: 'invalid' });
    await updateWorkspace(f.ctx, { settings: { sendHours: null } });
    expect((await campaignChoices(f.ctx)).hours).toEqual({});
  });

  it('are frozen at launch, so that changing them later changes no run', async () => {
    await updateWorkspace(f.ctx, {
      settings: { sendHours: { email: { ...NINE, days: EVERY_DAY, whose: 'contact' } } },
    });
    const { id } = await createCampaign(f.ctx, { name: 'Frozen', draft: draftOf(f, ['email']) });
    const { runId } = await launchCampaign(f.ctx, { campaignId: id });
    await updateWorkspace(f.ctx, { settings: { sendHours: null } });
    const [version] = await pool()`
      select v.frozen #> '{policy,hours,email}' as hours, v.frozen -> 'fields' as fields from runs r
      join campaign_versions v on v.id = r.version_id where r.id = ${runId}`;
    expect(version?.hours).toEqual({ ...NINE, whose: 'contact' });
    expect(version?.fields).toContain('time_zone');
  });
});
