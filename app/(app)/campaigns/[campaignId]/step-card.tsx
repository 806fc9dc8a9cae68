'use client';

import { ArrowDown, ArrowUp, ChevronDown, Eye, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { StepIcon } from '@/components/campaigns/step-icon';
import { Badge } from '@/components/ui/badge';
import { useZone } from '@/components/ui/clock';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/icon-button';
import { exactTime } from '@/components/ui/time-words';
import type { FlowStep } from '@/lib/domain/campaign';
import { describeCondition, durationWords } from '@/lib/domain/campaign-flow';
import { STEP_KIND_LABELS } from '@/lib/domain/step-kind';
import type { CampaignChoices } from '@/lib/features/campaigns/campaign-choices';
import { contactFields, missingIn, useBuilder } from './builder-context';
import { Locked } from './locked';
import { StepForm } from './step-form';
import { StepPreviewDialog } from './step-preview-dialog';

interface StepCardProps {
  step: FlowStep;
  index: number;
  isOpen: boolean;
  onToggle: () => void;
  onChange: (step: FlowStep) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function summaryOf(step: FlowStep, choices: CampaignChoices, zone: string): string {
  const nameOf = (among: { id: string; name: string }[], id: string) => among.find((one) => one.id === id)?.name;
  switch (step.kind) {
    case 'email':
    case 'sms': {
      const template = choices.templates.find(({ id }) => id === step.templateId);
      const sender = choices.senders.find(({ id }) => id === step.senderId);
      return [template?.name, sender && `from ${sender.from}`].filter(Boolean).join(' · ');
    }
    case 'record': {
      const { sink } = step;
      const place =
        sink.kind === 'table'
          ? nameOf(choices.outputTables, sink.outputTableId)
          : nameOf(choices.connections, sink.connectionId);
      const table = sink.kind === 'postgres' && place ? `${sink.table} in ${place}` : place;
      const columns = `${step.columns.length} ${step.columns.length === 1 ? 'column' : 'columns'}`;
      return table ? `Into ${table}, ${columns}` : '';
    }
    case 'condition':
      return '';
    case 'wait':
      return step.until.kind === 'duration'
        ? durationWords(step.until.ms)
        : `Until ${exactTime(Date.parse(step.until.at), zone)}`;
  }
}

/** One step on the line: closed it says what it is, open it can be changed. */
export function StepCard({ step, index, isOpen, onToggle, onChange, onMove, onRemove }: StepCardProps) {
  const { draft, choices, canEdit } = useBuilder();
  const { workspaceZone } = useZone();
  const bodyId = useId();
  const [showing, setShowing] = useState(false);
  const isMessage = step.kind === 'email' || step.kind === 'sms';
  const missing = missingIn(step, choices);
  const labels = Object.fromEntries(contactFields(choices).map(({ key, label }) => [key, label]));
  const condition =
    step.kind !== 'wait' && step.onlyIf ? `Only if ${describeCondition(step.onlyIf, draft.flow, labels)}` : null;

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || !canEdit || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  }

  return (
    <div className="grid grid-cols-[2.25rem_minmax(0,1fr)]">
      <div className="flex flex-col items-center">
        <span
          className={cn(
            'grid size-9 shrink-0 place-items-center rounded-full border bg-sheet',
            missing ? 'border-attention text-attention-ink' : 'border-rule-strong text-ink-soft',
            isOpen && 'border-ink text-ink',
          )}
        >
          <StepIcon kind={step.kind} />
        </span>
        {isOpen && <span className="w-px grow bg-rule-strong" />}
      </div>
      <div className={cn('ml-3 min-w-0', isOpen && 'rounded-lg border border-rule-strong bg-sheet')}>
        <div className={cn('flex min-h-9 items-center gap-1', isOpen && 'border-rule border-b py-1.5 pr-2 pl-4')}>
          <h3 className="min-w-0 grow">
            <button
              type="button"
              data-step-title=""
              aria-expanded={isOpen}
              aria-controls={bodyId}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              onClick={onToggle}
              onKeyDown={onKeyDown}
              className="group flex w-full min-w-0 items-center gap-2 rounded-sm text-left"
            >
              <span className="min-w-0 grow">
                <span className="flex min-w-0 flex-wrap items-center gap-x-2">
                  <span className="truncate font-medium">{step.name || `Step ${index + 1}`}</span>
                  {step.name !== STEP_KIND_LABELS[step.kind] && (
                    <span className="text-ink-faint text-xs">{STEP_KIND_LABELS[step.kind]}</span>
                  )}
                  {missing && <Badge tone="attention">{missing}</Badge>}
                </span>
                {!isOpen && (
                  <span className="block text-ink-soft text-sm max-sm:[overflow-wrap:anywhere] sm:truncate">
                    {[summaryOf(step, choices, workspaceZone), condition].filter(Boolean).join(' · ')}
                  </span>
                )}
              </span>
              <ChevronDown
                aria-hidden="true"
                className={cn('size-4 shrink-0 text-ink-faint transition-transform', isOpen && 'rotate-180')}
              />
            </button>
          </h3>
          {isMessage && isOpen && step.templateId !== '' && (
            <IconButton label={`Preview ${step.name}`} icon={<Eye />} onClick={() => setShowing(true)} />
          )}
          {canEdit && isOpen && (
            <span className="flex shrink-0">
              <IconButton
                label={`Move ${step.name} up`}
                icon={<ArrowUp />}
                disabled={index === 0}
                onClick={() => onMove(-1)}
              />
              <IconButton
                label={`Move ${step.name} down`}
                icon={<ArrowDown />}
                disabled={index === draft.flow.length - 1}
                onClick={() => onMove(1)}
              />
              <IconButton label={`Remove ${step.name}`} icon={<Trash2 />} onClick={onRemove} />
            </span>
          )}
        </div>
        {isMessage && showing && <StepPreviewDialog step={step} onClose={() => setShowing(false)} />}
        <div id={bodyId} hidden={!isOpen} className="p-4">
          {isOpen && (
            <Locked>
              <StepForm step={step} index={index} onChange={onChange} />
            </Locked>
          )}
        </div>
      </div>
    </div>
  );
}
