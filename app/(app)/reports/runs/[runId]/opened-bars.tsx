import { BarChart } from '@/components/charts/bar-chart';
import { Section } from '@/components/ui/section';
import { type OutcomeCounts, opened } from '@/lib/domain/outcome-counts';

type Opener = 'people' | 'machines' | 'unknown';

interface OpenedBarsProps {
  counts: OutcomeCounts;
  hrefOf: (by: Opener) => string;
}

/** Who opened: people, machines, and those nobody can tell. */
export function OpenedBars({ counts, hrefOf }: OpenedBarsProps) {
  const all = opened(counts);
  if (all === 0) return null;
  const bar = (key: Opener, value: number) => ({ key, value, ...(value > 0 && { href: hrefOf(key) }) });
  return (
    <Section
      title="Who opened"
      description="Mail programs and security gateways open messages, too. A proxy, such as Gmail’s, hides which it was."
    >
      <div className="border-ink border-t pt-3">
        <BarChart
          label="Opened messages by who opened them"
          whole={all}
          bars={[
            { ...bar('people', counts.openedByPeople), label: 'People', tone: 'accepted' },
            { ...bar('machines', counts.openedByMachines), label: 'Machines', tone: 'skipped' },
            { ...bar('unknown', counts.openedUnknown), label: 'Not known', tone: 'waiting' },
          ]}
        />
      </div>
    </Section>
  );
}
