import { CircleCheck, TriangleAlert } from 'lucide-react';
import { DataTable } from '@/components/ui/data-table';
import { Section } from '@/components/ui/section';
import { LINK_PROBLEM_WORDS } from '@/lib/domain/preflight';
import type { Report } from './preflight-view';

type Row = Report['links'][number] & { key: string };

/** Every link of every message, as an ordinary contact would get it. They were read and not opened. */
export function LinksSection({ links }: { links: Report['links'] }) {
  if (links.length === 0) return null;
  const rows: Row[] = links.map((link, index) => ({ ...link, key: `${link.stepId} ${index}` }));
  return (
    <Section title="Links" description="As an ordinary contact would get them. They were looked at, not opened.">
      <DataTable
        label="Links"
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'label',
            header: 'Stands on',
            width: '30%',
            cell: ({ label }) => (
              <span className="line-clamp-2 [overflow-wrap:anywhere]">{label || '(a picture)'}</span>
            ),
          },
          {
            key: 'url',
            header: 'Leads to',
            stacked: 'wide',
            cell: ({ url }) => <span className="font-mono text-xs [overflow-wrap:anywhere]">{url}</span>,
          },
          { key: 'step', header: 'Step', width: '9rem', from: 'lg', cell: ({ stepName }) => stepName },
          {
            key: 'state',
            header: 'State',
            stacked: 'wide',
            width: '12rem',
            cell: ({ problem }) =>
              problem ? (
                <span className="flex items-start gap-1.5 text-attention-ink text-xs">
                  <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
                  It {LINK_PROBLEM_WORDS[problem]}
                </span>
              ) : (
                <span className="flex items-center gap-1.5 text-accepted-ink text-xs">
                  <CircleCheck className="size-3.5 shrink-0" aria-hidden="true" /> Well formed
                </span>
              ),
          },
        ]}
      />
    </Section>
  );
}
