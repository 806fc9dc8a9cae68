'use client';

import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { StepIcon } from '@/components/campaigns/step-icon';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Menu, MenuItem } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { Section } from '@/components/ui/section';
import { toast } from '@/components/ui/toast';
import type { FlowStep } from '@/lib/domain/campaign';
import { insertStep, moveStep, newStep, removeStep, replaceStep } from '@/lib/domain/campaign-flow';
import type { StepKind } from '@/lib/domain/step-kind';
import { useBuilder } from './builder-context';
import { StepCard } from './step-card';

const KINDS: { kind: StepKind; label: string; hint: string }[] = [
  { kind: 'email', label: 'Email', hint: 'A template, from a sender' },
  { kind: 'sms', label: 'SMS', hint: 'A text message' },
  { kind: 'record', label: 'Record', hint: 'A row in an output table' },
  { kind: 'condition', label: 'Condition', hint: 'Only some go on' },
  { kind: 'wait', label: 'Wait', hint: 'For a time, or until one' },
];

/** The way of one contact through the campaign, from top to bottom. Each step opens in its place. */
export function WhatSection({ openStep }: { openStep: string | null }) {
  const { draft, change, canEdit } = useBuilder();
  const { flow } = draft;
  const [open, setOpen] = useState(openStep);
  const [moved, setMoved] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const focusNext = useRef<string | null>(null);

  // a step that was added or moved keeps the focus, so that keys go on where they were
  useEffect(() => {
    const id = focusNext.current;
    if (!id) return;
    focusNext.current = null;
    list.current?.querySelector<HTMLElement>(`[data-step="${id}"] [data-step-title]`)?.focus();
  });

  function toggle(id: string) {
    const next = open === id ? null : id;
    setOpen(next);
    const address = new URL(window.location.href);
    if (next) address.searchParams.set('step', next);
    else address.searchParams.delete('step');
    window.history.replaceState(null, '', address);
  }

  function add(kind: StepKind, at: number) {
    const step = newStep(kind, flow, at);
    change({ flow: insertStep(flow, at, step) });
    setOpen(step.id);
    focusNext.current = step.id;
  }

  function move(step: FlowStep, by: -1 | 1) {
    const next = moveStep(flow, step.id, by);
    change({ flow: next });
    focusNext.current = step.id;
    setMoved(`${step.name} is now step ${next.findIndex(({ id }) => id === step.id) + 1} of ${next.length}.`);
  }

  function remove(step: FlowStep) {
    const before = flow;
    change({ flow: removeStep(flow, step.id) });
    toast.note(`“${step.name}” is removed.`, {
      action: { label: 'Undo', onClick: () => change({ flow: before }) },
    });
  }

  return (
    <Section
      id="what"
      title="What"
      description="Each contact goes through these steps on their own; one slow recipient holds up nobody else."
      ruled
    >
      <p className="sr-only" role="status">
        {moved}
      </p>
      <ol ref={list}>
        {flow.map((step, index) => (
          <li key={step.id} data-step={step.id}>
            {index > 0 && <Joint at={index} onAdd={canEdit ? add : null} after={flow[index - 1]} />}
            <StepCard
              step={step}
              index={index}
              isOpen={open === step.id}
              onToggle={() => toggle(step.id)}
              onChange={(next) => change({ flow: replaceStep(flow, next) })}
              onMove={(by) => move(step, by)}
              onRemove={() => remove(step)}
            />
          </li>
        ))}
      </ol>
      {canEdit && (
        <div className={cn('flex flex-wrap items-center gap-2', flow.length > 0 && 'pt-4 pl-12')}>
          {flow.length === 0 && <p className="w-full pb-1 text-ink-soft">Begin with what people get first.</p>}
          {KINDS.map(({ kind, label }) => (
            <Button key={kind} size="sm" onClick={() => add(kind, flow.length)}>
              <StepIcon kind={kind} />{' '}
              {flow.length === 0 ? label : `Add ${label === 'SMS' ? label : label.toLowerCase()}`}
            </Button>
          ))}
        </div>
      )}
    </Section>
  );
}

interface JointProps {
  at: number;
  onAdd: ((kind: StepKind, at: number) => void) | null;
  after: FlowStep | undefined;
}

/** The line between two steps: who goes on, and a place for one more. */
function Joint({ at, onAdd, after }: JointProps) {
  const goesOn =
    after === undefined || after.kind === 'wait'
      ? null
      : after.kind === 'condition'
        ? 'Goes on if it holds'
        : after.continueWhen === 'accepted'
          ? 'Goes on if it was accepted'
          : 'Goes on in any case, also if it failed';
  return (
    <div className="flex min-h-10 items-center">
      <div className="flex w-9 shrink-0 justify-center self-stretch">
        <span className="w-px bg-rule-strong" />
      </div>
      {onAdd && (
        <Menu
          align="start"
          trigger={
            <IconButton
              label={`Add a step before step ${at + 1}`}
              icon={<Plus />}
              className="-ml-[2.125rem] size-8 rounded-full border-rule-strong bg-paper"
            />
          }
        >
          {KINDS.map(({ kind, label, hint }) => (
            <MenuItem key={kind} icon={<StepIcon kind={kind} />} onSelect={() => onAdd(kind, at)}>
              <span className="block">{label}</span>
              <span className="block text-ink-faint text-xs">{hint}</span>
            </MenuItem>
          ))}
        </Menu>
      )}
      {goesOn && <span className="pl-3 text-ink-faint text-xs">{goesOn}</span>}
    </div>
  );
}
