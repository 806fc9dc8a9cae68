import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { Card, Setting } from '@/components/ui/section';
import { TableSkeleton } from '@/components/ui/skeleton';

export function States() {
  return (
    <div className="flex flex-col gap-12">
      <div className="flex flex-col gap-4">
        <Notice
          tone="attention"
          title="Sending is paused: the provider refused our key."
          actions={<Button size="sm">Check the key</Button>}
        >
          Nothing was lost; 1,204 are waiting. It goes on by itself once the key works.
        </Notice>
        <Notice tone="failed" title="37 were not sent: the mailbox does not exist.">
          They are suppressed now.
        </Notice>
        <Notice tone="accepted" title="All 2,000 are accounted for." />
        <Notice title="Machine opens are shown apart." />
      </div>
      <EmptyState
        title="No campaigns yet"
        action={
          <>
            <Button>Start from a template</Button>
            <Button variant="primary">New campaign</Button>
          </>
        }
      >
        A campaign is what you want to say and to whom. Yours will be listed here with their last run.
      </EmptyState>
      <EmptyState
        kind="filtered"
        title="No contact matches"
        action={<LinkButton href="#states">Clear filters</LinkButton>}
      >
        Nobody in Lisboa was sent “Trade-in offer”.
      </EmptyState>
      <TableSkeleton rows={3} />
      <ErrorState
        title="The runs could not be read."
        reference="req_01jd5k3q8w4r2t9z"
        action={<Button>Try again</Button>}
      >
        The database did not answer within 5 seconds. Sending goes on; nothing was changed.
      </ErrorState>
      <Setting title="Postal address" description="Stands at the foot of every email.">
        <Card>
          <p>Northwind Mobile, Rua Augusta 12, 1100-053 Lisboa</p>
        </Card>
        <CodeBlock
          of="command"
          code={'curl -H "Authorization: Bearer wb_live_…" \\\n  https://waybill.example/api/v1/runs'}
        />
      </Setting>
    </div>
  );
}
