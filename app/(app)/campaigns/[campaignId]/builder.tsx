'use client';

import { ListChecks } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import type { PickedContact } from '@/components/campaigns/contact-picker';
import { Button } from '@/components/ui/button';
import { formatNumber } from '@/components/ui/number';
import { toast } from '@/components/ui/toast';
import type { CampaignDraft } from '@/lib/domain/campaign';
import type { Wire } from '@/lib/domain/wire';
import type { CampaignChoices } from '@/lib/features/campaigns/campaign-choices';
import type { LastRun } from '@/lib/features/campaigns/last-run-of';
import type { Occurrences } from '@/lib/features/occurrences/list-occurrences';
import { AudiencePanel, useAudienceCount } from './audience-panel';
import type { Edited, Saved } from './autosaver';
import { BuilderProvider, type Builder as BuilderState } from './builder-context';
import { BuilderHeader } from './builder-header';
import { ConflictNotice } from './conflict-notice';
import { Locked } from './locked';
import { SaveNote } from './save-note';
import { TestDialog } from './test-dialog';
import { TodoList } from './todo-list';
import { ToldSection } from './told-section';
import { useAutosave } from './use-autosave';
import { WhatSection } from './what-section';
import { WhenSection } from './when-section';
import { WhoSection } from './who-section';

interface BuilderProps {
  campaignId: string;
  status: 'draft' | 'active' | 'archived';
  initial: Saved;
  choices: CampaignChoices;
  seeds: PickedContact[];
  canEdit: boolean;
  canManageSenders: boolean;
  ownEmail: string;
  openStep: string | null;
  lastRun: LastRun | null;
  recurrence: Wire<Occurrences['recurrence']>;
}

/** The whole campaign on one page: who, what, when, who is told. It saves itself; launching is a page of its own. */
export function Builder(props: BuilderProps) {
  const { campaignId, initial, choices, canEdit, canManageSenders } = props;
  const router = useRouter();
  const [edited, setEdited] = useState({ name: initial.name, draft: initial.draft });
  // remounts the sections, whose fields keep what was typed, when other people's values take their place
  const [generation, setGeneration] = useState(0);
  const [leaving, startTransition] = useTransition();
  const { state, saver } = useAutosave(campaignId, initial, recover);
  const audience = useAudienceCount(campaignId, edited.draft);

  function update(next: Edited) {
    setEdited(next);
    saver.edit(next);
  }

  function replace(next: Edited) {
    setEdited({ name: next.name, draft: next.draft });
    setGeneration((n) => n + 1);
  }

  function recover(kept: Edited) {
    replace(kept);
    toast.note('Changes that could not be saved last time are back.');
  }

  function settle(theirs: Saved, keepMine: boolean) {
    void saver.settle(theirs, keepMine);
    if (!keepMine) replace(theirs);
  }

  function goToPreflight() {
    startTransition(async () => {
      if (canEdit && !(await saver.save())) {
        toast.failed('Pre-flight looks at what is saved, and not everything is.');
        return;
      }
      router.push(`/campaigns/${campaignId}/preflight`);
    });
  }

  const builder: BuilderState = {
    campaignId,
    draft: edited.draft,
    change: (part: Partial<CampaignDraft>) => update({ ...edited, draft: { ...edited.draft, ...part } }),
    choices,
    canEdit,
    canManageSenders,
    recurrence: props.recurrence,
  };
  const people = audience.count && edited.draft.audience.include.length > 0 ? audience.count.audience : null;
  const isArchived = props.status === 'archived';
  const preflightButton = (
    <Button variant="primary" pending={leaving} onClick={goToPreflight}>
      <ListChecks /> Pre-flight
    </Button>
  );
  return (
    <BuilderProvider value={builder}>
      <BuilderHeader
        key={`header ${generation}`}
        {...props}
        name={edited.name}
        onRename={(name) => update({ ...edited, name })}
        saveNote={canEdit && <SaveNote state={state} />}
        actions={
          <>
            {canEdit && <TestDialog ownEmail={props.ownEmail} save={saver.save} />}
            {!isArchived && <span className="max-lg:hidden">{preflightButton}</span>}
          </>
        }
      />
      {state.kind === 'conflict' && (
        <div className="sticky top-[var(--bar,0px)] z-20 bg-paper pb-6">
          <ConflictNotice
            message={state.message}
            mine={edited}
            theirs={state.theirs}
            onSettle={(keepMine) => settle(state.theirs, keepMine)}
          />
        </div>
      )}
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div key={generation} className="flex min-w-0 flex-col gap-12">
          <Locked>
            <WhoSection />
          </Locked>
          <WhatSection openStep={props.openStep} />
          <Locked>
            <WhenSection />
          </Locked>
          <Locked>
            <ToldSection seeds={props.seeds} />
          </Locked>
        </div>
        <aside
          aria-label="Audience"
          className="lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:self-start lg:overflow-y-auto"
        >
          <AudiencePanel draft={edited.draft} {...audience} />
          {canEdit && <TodoList draft={edited.draft} choices={choices} />}
        </aside>
      </div>
      <div className="-mx-4 sm:-mx-8 sticky bottom-0 z-20 mt-10 flex items-center justify-between gap-4 border-rule-strong border-t bg-paper px-4 py-3 sm:px-8 lg:hidden">
        <span className="min-w-0 text-sm">
          {people === null ? (
            <span className="text-ink-faint">No audience yet</span>
          ) : (
            <>
              <a href="#audience" className="figure rounded-xs font-medium hover:text-link hover:underline">
                {formatNumber(people)}
              </a>{' '}
              would get it
            </>
          )}
        </span>
        {!isArchived && preflightButton}
      </div>
    </BuilderProvider>
  );
}
