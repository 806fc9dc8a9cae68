import { rowsHref } from '@/components/runs/rows-href';
import { StripCompact } from '@/components/strip/strip-compact';
import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { addStrips } from '@/lib/domain/strip';
import type { RunPart } from './run-live';

const STATE = {
  held: { tone: 'waiting', label: 'Held back' },
  released: { tone: 'link', label: 'Out' },
  done: { tone: 'accepted', label: 'Done' },
} as const;

/** The audience in its waves, each with what became of the first step. */
export function WavesSection({ run, progress }: RunPart) {
  const { waves, steps } = progress;
  if (waves.length < 2) return null;
  const firstStep = steps[0];
  const rows = (n: number, of: { wave?: number; state?: 'accepted' | 'waiting' }) =>
    n > 0 && firstStep ? rowsHref(run.id, { step: firstStep.step, ...of }) : undefined;
  const accepted = waves.reduce((sum, { counts }) => sum + counts.accepted, 0);
  const people = waves.reduce((sum, { size }) => sum + size, 0);
  return (
    <Section
      title={`${waves.length} waves`}
      description={firstStep && steps.length > 1 ? `Numbers of the first step, ${firstStep.name}.` : undefined}
    >
      <DataTable
        label={`Waves of ${run.name}`}
        rows={waves}
        rowKey={({ number }) => String(number)}
        columns={[
          {
            key: 'number',
            header: 'Wave',
            width: '6rem',
            cell: ({ number }) => <span className="figure font-medium">{number}</span>,
          },
          {
            key: 'status',
            header: 'State',
            width: '8rem',
            cell: ({ status }) => <Badge tone={STATE[status].tone}>{STATE[status].label}</Badge>,
          },
          {
            key: 'strip',
            header: 'Outcome',
            cell: ({ counts }) => <StripCompact counts={counts} bare />,
            total: <StripCompact counts={addStrips(...waves.map(({ counts }) => counts))} bare />,
          },
          {
            key: 'accepted',
            header: 'Accepted',
            align: 'right',
            cell: ({ number, counts }) => (
              <NumberLink href={rows(counts.accepted, { wave: number, state: 'accepted' })}>
                <Num value={counts.accepted} faintZero />
              </NumberLink>
            ),
            total: (
              <NumberLink href={rows(accepted, { state: 'accepted' })}>
                <Num value={accepted} />
              </NumberLink>
            ),
          },
          {
            key: 'size',
            header: 'People',
            align: 'right',
            cell: ({ number, size }) => (
              <NumberLink href={rows(size, { wave: number })}>
                <Num value={size} />
              </NumberLink>
            ),
            total: (
              <NumberLink href={rows(people, {})}>
                <Num value={people} />
              </NumberLink>
            ),
          },
          {
            key: 'released',
            header: 'Released',
            from: 'lg',
            cell: ({ releasedAt }) => (releasedAt ? <RelativeTime at={releasedAt} /> : '–'),
          },
          {
            key: 'done',
            header: 'Done',
            from: 'lg',
            cell: ({ doneAt }) => (doneAt ? <RelativeTime at={doneAt} /> : '–'),
          },
        ]}
      />
    </Section>
  );
}
