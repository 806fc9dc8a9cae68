import { FactList } from '@/components/ui/facts';
import { formatNumber } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { Wire } from '@/lib/domain/wire';
import type { EngineHealth, SystemHealth } from '@/lib/features/health/system-health';

const GIBIBYTE = 1_073_741_824;

interface EngineSectionProps {
  engine: Wire<EngineHealth> | null;
  database: SystemHealth['database'];
}

/** What carries the work: durable functions and the database, over all workspaces. */
export function EngineSection({ engine, database }: EngineSectionProps) {
  const { connections, maxConnections } = database;
  return (
    <Section title="Underneath" description="Shared by every workspace of this installation.">
      <FactList
        facts={[
          {
            label: 'Work behind the scenes',
            value: engine
              ? `${formatNumber(engine.jobsRunning)} running, ${formatNumber(engine.jobsDue)} due, ${formatNumber(engine.jobsLater)} for later`
              : 'Run by an Inngest server, or not started yet.',
            note: engine?.oldestDueAt ? (
              <>
                the oldest due <RelativeTime at={engine.oldestDueAt} />
              </>
            ) : undefined,
          },
          ...(engine
            ? [
                {
                  label: 'Of it failed',
                  value:
                    engine.failedLastDay === 0
                      ? 'None in the last day.'
                      : `${formatNumber(engine.failedLastDay)} in the last day`,
                },
              ]
            : []),
          {
            label: 'Database',
            value: `PostgreSQL ${database.version}${database.readOnly ? ', takes no writes' : ''}`,
            note: `${formatNumber(database.sizeBytes / GIBIBYTE, 'en', { maximumFractionDigits: 2 })} GB`,
          },
          {
            label: 'Connections',
            value: `${formatNumber(connections)} of ${formatNumber(maxConnections)}`,
            note: connections > maxConnections * 0.9 ? 'Nearly all are taken; more workers will not help.' : undefined,
          },
        ]}
      />
    </Section>
  );
}
