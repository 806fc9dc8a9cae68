import { describe, expect, it } from 'vitest';
import { composeOccurrenceNotice } from './compose-occurrence-notice';

const notice = {
  campaignId: 'cmp_1',
  event: 'skipped' as const,
  detail: 'The occurrence of Mon 7 Dec, 09:00 (Asia/Singapore) was still under way. Nothing was sent.',
  name: 'Upgrade Monday',
  plannedAt: '2026-12-14T01:00:00.000Z',
  planned: 'Mon 14 Dec, 09:00 (Asia/Singapore)',
  words: 'Every Monday at 09:00, Asia/Singapore',
  url: 'https://waybill.example/campaigns/cmp_1/occurrences',
};

describe('the alarm about an occurrence without a run', () => {
  it('says what happened, when it was planned, and where to look', async () => {
    const { subject, text, html, short, data } = await composeOccurrenceNotice('Merlion Mobile', notice);
    expect(subject).toBe('Upgrade Monday was left out once (Merlion Mobile)');
    for (const body of [text, html]) {
      expect(body).toContain('was still under way');
      expect(body).toContain('Mon 14 Dec, 09:00 (Asia/Singapore)');
      expect(body).toContain(notice.url);
    }
    expect(short).toContain(`Upgrade Monday was left out once. ${notice.detail}`);
    expect(data).toMatchObject({ campaignId: 'cmp_1', event: 'skipped', plannedAt: notice.plannedAt });
  });

  it('says that it did not start', async () => {
    const { subject } = await composeOccurrenceNotice('Merlion Mobile', { ...notice, event: 'missed' });
    expect(subject).toBe('Upgrade Monday did not start (Merlion Mobile)');
  });
});
