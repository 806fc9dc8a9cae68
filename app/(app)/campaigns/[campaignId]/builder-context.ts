'use client';

import { createContext, useContext } from 'react';
import type { CampaignDraft, FlowStep } from '@/lib/domain/campaign';
import { RUN_COLUMN_LABELS } from '@/lib/domain/campaign-flow';
import { FIELD_LABELS, STANDARD_FIELDS } from '@/lib/domain/contact';
import type { Wire } from '@/lib/domain/wire';
import type { CampaignChoices } from '@/lib/features/campaigns/campaign-choices';
import type { Occurrences } from '@/lib/features/occurrences/list-occurrences';

export interface Builder {
  campaignId: string;
  draft: CampaignDraft;
  change: (part: Partial<CampaignDraft>) => void;
  choices: CampaignChoices;
  canEdit: boolean;
  /** Where new senders are made, for those who may. */
  canManageSenders: boolean;
  /** Its last activation as a recurring campaign. */
  recurrence: Wire<Occurrences['recurrence']>;
}

const Context = createContext<Builder | null>(null);
export const BuilderProvider = Context.Provider;

export function useBuilder(): Builder {
  const builder = useContext(Context);
  if (!builder) throw new Error('useBuilder stands inside a BuilderProvider');
  return builder;
}

/** What a contact is known by, for conditions: standard fields first, then the workspace's attributes. */
export function contactFields({ attributes }: CampaignChoices): { key: string; label: string }[] {
  return [...Object.keys(STANDARD_FIELDS).map((key) => ({ key, label: FIELD_LABELS[key] ?? key })), ...attributes];
}

/** The same and the facts of the run, for the columns of a record step. */
export function recordFields(choices: CampaignChoices): { key: string; label: string }[] {
  return [...contactFields(choices), ...Object.entries(RUN_COLUMN_LABELS).map(([key, label]) => ({ key, label }))];
}

/** What a step still needs before it can run, in words; null when nothing. */
export function missingIn(step: FlowStep, choices: CampaignChoices): string | null {
  const isThere = (among: { id: string; gone: boolean }[], id: string) =>
    among.some((one) => one.id === id && !one.gone);
  if (step.kind === 'record') {
    if (step.sink.kind !== 'table')
      return isThere(choices.connections, step.sink.connectionId) ? null : 'No connection';
    return isThere(choices.outputTables, step.sink.outputTableId) ? null : 'No table yet';
  }
  if (step.kind === 'wait' || step.kind === 'condition') return null;
  if (!isThere(choices.templates, step.templateId)) return 'No template yet';
  return isThere(choices.senders, step.senderId) ? null : 'No sender yet';
}
