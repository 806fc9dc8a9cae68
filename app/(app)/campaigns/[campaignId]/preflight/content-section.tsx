'use client';

import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { StepIcon } from '@/components/campaigns/step-icon';
import { StepPreviewView } from '@/components/campaigns/step-preview';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { Segmented } from '@/components/ui/segmented';
import type { PersonKey } from '@/lib/features/campaigns/preflight-people';
import type { Report } from './preflight-view';

const CASES: Record<PersonKey, string> = {
  ordinary: 'An ordinary contact',
  longest_name: 'The longest name',
  most_missing: 'Most left empty',
  markup: 'Markup in the data',
  other_script: 'Another script',
};

/** The messages of the people for whom they are most likely to go wrong. */
export function ContentSection({ report }: { report: Report }) {
  const { steps, people, broken } = report;
  const [stepId, setStepId] = useState(steps[0]?.id ?? '');
  const [key, setKey] = useState<PersonKey>(people[0]?.key ?? 'ordinary');
  const step = steps.find(({ id }) => id === stepId) ?? steps[0];
  const person = people.find((each) => each.key === key) ?? people[0];
  const base = people.find((each) => each.key === 'ordinary')?.contactId ?? null;
  if (!step || !person) return null;
  return (
    <Section
      title="What they get"
      description="The same rendering as the real one, for the hardest cases in this audience."
    >
      <div className="flex flex-col gap-4 border-ink border-t pt-4">
        {steps.length > 1 && (
          <Segmented
            label="Step"
            className="max-w-full flex-wrap self-start"
            value={step.id}
            onChange={setStepId}
            options={steps.map(({ id, name, kind }) => ({
              value: id,
              label: (
                <>
                  <StepIcon kind={kind} /> <span className="max-w-36 truncate">{name}</span>
                </>
              ),
              name,
            }))}
          />
        )}
        <div className="grid gap-x-6 gap-y-4 md:grid-cols-[13rem_minmax(0,1fr)]">
          <div className="min-w-0">
            <ul className="flex flex-col max-md:flex-row max-md:flex-wrap max-md:gap-2">
              {people.map((each) => {
                const isShown = each.key === person.key;
                const problem = broken[`${step.id}:${each.key}`];
                return (
                  <li key={each.key} className="min-w-0">
                    <button
                      type="button"
                      aria-pressed={isShown}
                      onClick={() => setKey(each.key)}
                      className={cn(
                        'flex w-full items-center gap-2 rounded-md border border-transparent px-3 py-2 text-left transition-colors hover:bg-well',
                        'max-md:border-rule-strong max-md:py-1.5',
                        isShown && 'bg-well font-medium max-md:border-ink',
                      )}
                    >
                      <span className="min-w-0">
                        <span className="block text-sm">{CASES[each.key]}</span>
                        <span className="block truncate text-ink-soft text-xs max-md:hidden" dir="auto">
                          {each.name}
                        </span>
                      </span>
                      {problem && (
                        <TriangleAlert className="ml-auto size-4 shrink-0 text-failed-ink" aria-label="Fails" />
                      )}
                    </button>
                  </li>
                );
              })}
            </ul>
          </div>
          <div className="flex min-w-0 flex-col gap-2">
            <p className="text-ink-soft text-sm">
              {person.isMadeUp ? (
                <>Made up: nobody in the audience is like this. The rest is from an ordinary contact.</>
              ) : (
                <>
                  As{' '}
                  <Link
                    href={`/contacts/${person.contactId}`}
                    dir="auto"
                    className="rounded-xs text-link underline decoration-link/40 underline-offset-[3px] [overflow-wrap:anywhere] hover:decoration-link"
                  >
                    {person.name}
                  </Link>{' '}
                  would read it.
                </>
              )}
            </p>
            <StepPreviewView
              campaignId={report.campaignId}
              stepId={step.id}
              contactId={person.isMadeUp ? base : person.contactId}
              madeUp={person.isMadeUp ? person.key : null}
            />
          </div>
        </div>
      </div>
    </Section>
  );
}
