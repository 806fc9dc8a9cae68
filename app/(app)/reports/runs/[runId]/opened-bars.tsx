import { BarChart } from '@/components/charts/bar-chart';
import { Section } from '@/components/ui/section';
import { type OutcomeCounts, opened } from '@/lib/domain/outcome-counts';

/** Who opened: people, machines, and those nobody can tell. */
export function OpenedBars({ counts }: { counts: OutcomeCounts }) {
  const all = opened(counts);
  if (all === 0) return null;
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
            { key: 'people', label: 'People', value: counts.openedByPeople, tone: 'accepted' },
            { key: 'machines', label: 'Machines', value: counts.openedByMachines, tone: 'skipped' },
            { key: 'unknown', label: 'Not known', value: counts.openedUnknown, tone: 'waiting' },
          ]}
        />
      </div>
    </Section>
  );
}
