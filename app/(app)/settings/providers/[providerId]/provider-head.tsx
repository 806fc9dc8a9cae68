import { Breadcrumb } from '@/components/ui/breadcrumb';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { BreakerStamp } from '../breaker-stamp';
import { ArchiveProvider } from './archive-provider';
import { VerifyButton } from './verify-button';

interface ProviderHeadProps {
  account: {
    id: string;
    name: string;
    verifiedAt: Date | null;
    archivedAt: Date | null;
    breakerState: 'closed' | 'open' | 'half_open';
    breakerReason: string | null;
    breakerRetryAt: Date | null;
  };
}

/** Which provider this is, whether messages go through it, and why not. */
export function ProviderHead({ account }: ProviderHeadProps) {
  const { id, name, breakerState, breakerReason, breakerRetryAt } = account;
  const isArchived = account.archivedAt !== null;
  return (
    <div>
      <Breadcrumb trail={[{ label: 'Providers', href: '/settings/providers' }]} />
      <div className="flex flex-wrap items-center justify-between gap-4 pt-1">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-center gap-3 font-semibold text-lg">
            <span className="[overflow-wrap:anywhere]">{name}</span>
            {isArchived ? <Stamp status="archived" /> : <BreakerStamp state={breakerState} />}
          </h2>
          <p className="text-ink-soft">
            {account.verifiedAt ? (
              <>
                Proved <RelativeTime at={account.verifiedAt.toISOString()} />
              </>
            ) : (
              'Not proved since it was last changed'
            )}
          </p>
        </div>
        {!isArchived && (
          <span className="flex flex-wrap gap-2">
            <ArchiveProvider id={id} name={name} />
            <VerifyButton id={id} />
          </span>
        )}
      </div>
      {breakerState !== 'closed' && (
        <Notice
          tone="attention"
          className="mt-4"
          title={breakerState === 'open' ? 'Nothing is sent through it just now' : 'One message is trying the way'}
        >
          {breakerReason} Nothing is lost: messages wait.{' '}
          {breakerRetryAt && (
            <>
              It is tried again by itself, <RelativeTime at={breakerRetryAt.toISOString()} />.
            </>
          )}
        </Notice>
      )}
    </div>
  );
}
