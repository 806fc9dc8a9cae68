'use client';

import type { ReactNode } from 'react';
import { RunStamp } from '@/components/runs/run-stamp';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { cn } from '@/components/ui/cn';
import { controlStyle } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import type { Wire } from '@/lib/domain/wire';
import type { LastRun } from '@/lib/features/campaigns/last-run-of';
import type { Occurrences } from '@/lib/features/occurrences/list-occurrences';
import { CampaignMenuButton } from '../campaign-menu-button';

interface BuilderHeaderProps {
  campaignId: string;
  status: 'draft' | 'active' | 'archived';
  name: string;
  onRename: (name: string) => void;
  canEdit: boolean;
  saveNote: ReactNode;
  actions: ReactNode;
  lastRun: LastRun | null;
  recurrence: Wire<Occurrences['recurrence']>;
}

/** The name, which is changed where it stands, the state, whether it is saved, and what can be done. */
export function BuilderHeader(props: BuilderHeaderProps) {
  const { campaignId, status, name, onRename, canEdit, saveNote, actions, lastRun, recurrence } = props;
  return (
    <header className="flex flex-col gap-2 pb-8">
      <Breadcrumb trail={[{ label: 'Campaigns', href: '/campaigns' }]} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 grow basis-80">
          <h1 className="sr-only">{name || 'Campaign without a name'}</h1>
          {canEdit ? (
            <input
              aria-label="Name of the campaign"
              aria-invalid={name.trim() === '' || undefined}
              maxLength={120}
              value={name}
              onChange={(event) => onRename(event.target.value)}
              className={cn(
                controlStyle,
                '-ml-2 h-11 border-transparent bg-transparent px-2 font-semibold text-xl hover:border-rule-strong sm:text-xl',
              )}
            />
          ) : (
            <p aria-hidden="true" className="font-semibold text-xl [overflow-wrap:anywhere]">
              {name}
            </p>
          )}
          <div className="mt-1 flex min-h-6 flex-wrap items-center gap-x-4 gap-y-1">
            <Stamp status={status} />
            {recurrence && (
              <Link
                href={`/campaigns/${campaignId}/occurrences`}
                className="rounded-xs text-ink-soft text-sm underline-offset-4 hover:text-link hover:underline"
              >
                {recurrence.nextAt ? (
                  <>
                    Next <RelativeTime at={recurrence.nextAt} show="exact" />
                  </>
                ) : (
                  'Occurrences'
                )}
              </Link>
            )}
            {lastRun && (
              <Link
                href={`/runs/${lastRun.id}`}
                className="flex items-center gap-2 rounded-xs text-ink-soft text-sm hover:text-link"
              >
                Last run <RunStamp status={lastRun.status} counts={lastRun.counts} />
              </Link>
            )}
            {saveNote}
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {canEdit && <CampaignMenuButton campaignId={campaignId} name={name} isArchived={status === 'archived'} />}
          {actions}
        </div>
      </div>
    </header>
  );
}
