import { getCountries } from 'libphonenumber-js';
import type { Metadata } from 'next';
import { requirePermission } from '@/lib/auth/current';
import { getWorkspace } from '@/lib/features/workspaces/get-workspace';
import { WorkspaceForm } from './workspace-form';

export const metadata: Metadata = { title: 'Workspace settings' };

function countries(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const all = getCountries().map((value) => ({ value, label: names.of(value) ?? value }));
  return all.sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

export default async function WorkspaceSettingsPage() {
  const ctx = await requirePermission('workspace.manage');
  const { id, name, timeZone, settings } = await getWorkspace(ctx);
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  return (
    <WorkspaceForm
      stored={{
        id,
        name,
        timeZone,
        postalAddress: settings.postalAddress ?? '',
        brandColor: settings.brandColor ?? '',
        logoUrl: settings.logoUrl ?? '',
        defaultCountry: settings.defaultCountry ?? '',
        trackOpens: settings.trackOpens ?? true,
        trackClicks: settings.trackClicks ?? true,
        approvalAboveRecipients: settings.approvalAboveRecipients?.toString() ?? '',
        bounceLimit: settings.bounceLimit?.toString() ?? '',
        frameAncestors: settings.frameAncestors?.join('\n') ?? '',
        sendHours: settings.sendHours ?? {},
        requireSecondFactor: settings.requireSecondFactor ?? false,
      }}
      timeZones={zones}
      countries={countries()}
    />
  );
}
