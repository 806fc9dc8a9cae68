import { DataTable } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/link-button';
import { formatNumber, Num } from '@/components/ui/number';
import { Section } from '@/components/ui/section';
import type { Fact } from '@/lib/domain/outcome';
import { bounced, opened } from '@/lib/domain/outcome-counts';
import type { StepOutcome } from '@/lib/features/reports/step-outcomes';

interface StepTableProps {
  steps: StepOutcome[];
  runId: string;
}

/** Outcomes step by step; every number leads to its people. */
export function StepTable({ steps, runId }: StepTableProps) {
  if (steps.length === 0) return null;
  const rows = (step: number, query: string) => `/runs/${runId}/deliveries?step=${step}&${query}`;
  const fact = (header: string, key: Fact, count: (step: StepOutcome) => number, emailOnly = false) => ({
    key,
    header,
    align: 'right' as const,
    cell: (step: StepOutcome) => {
      const n = count(step);
      if (n === 0) return emailOnly && step.kind === 'sms' ? <Num value={null} /> : <Num value={0} faintZero />;
      return (
        <TextLink href={rows(step.step, `fact=${key}`)} className="figure">
          {formatNumber(n)}
        </TextLink>
      );
    },
  });
  return (
    <Section id="by-step" title="By step">
      <DataTable
        label="Steps"
        rows={steps}
        rowKey={({ step }) => String(step)}
        columns={[
          { key: 'name', header: 'Step', cell: ({ name }) => name },
          {
            key: 'accepted',
            header: 'Accepted',
            align: 'right',
            cell: ({ step, accepted }) => (
              <TextLink href={rows(step, 'state=accepted')} className="figure">
                {formatNumber(accepted)}
              </TextLink>
            ),
          },
          fact('Delivered', 'delivered', ({ delivered }) => delivered),
          fact('Bounced', 'bounced', bounced),
          fact('Spam', 'complained', ({ complained }) => complained, true),
          fact('Opened', 'opened', opened, true),
          fact('Clicked', 'clicked', ({ clicked }) => clicked, true),
          fact('Unsubscribed', 'unsubscribed', ({ unsubscribed }) => unsubscribed),
        ]}
      />
    </Section>
  );
}
