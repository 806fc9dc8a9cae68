import { Strip } from '@/components/strip/strip';
import { StripCompact } from '@/components/strip/strip-compact';
import { Stamp } from '@/components/ui/stamp';
import { Waterfall } from '@/components/ui/waterfall';
import { CLEAN, EXCLUSIONS, HUGE, QUEUED, SENDING, STOPPED } from './samples';
import { StripLive } from './strip-live';

const ROWS = {
  accepted: '#accepted',
  failed: '#failed',
  skipped: '#skipped',
  in_doubt: '#in-doubt',
  waiting: '#waiting',
};

export function Strips() {
  return (
    <div className="flex flex-col gap-12">
      <div className="flex flex-col gap-4">
        <div className="flex items-center gap-3">
          <span className="font-medium">Phone launch, step 1 of 4</span>
          <Stamp status="sending" />
        </div>
        <Strip counts={SENDING} label="Phone launch, step 1" hrefs={ROWS} totalHref="#audience" />
      </div>
      <Strip counts={STOPPED} label="A run that was cancelled" hrefs={ROWS} />
      <StripLive />
      <div className="grid gap-x-12 gap-y-3 md:grid-cols-2">
        <StripCompact counts={SENDING} />
        <StripCompact counts={STOPPED} />
        <StripCompact counts={QUEUED} />
        <StripCompact counts={CLEAN} />
        <StripCompact counts={HUGE} />
        <StripCompact counts={{ ...QUEUED, waiting: 0 }} />
      </div>
      <div className="flex flex-col gap-4">
        <span className="font-medium">Who is in, who is not, and why</span>
        <Waterfall
          from={{ label: 'In 2 lists and 1 segment', count: 20_000, href: '#' }}
          exclusions={EXCLUSIONS}
          audience={{ label: 'Audience', count: 15_143, href: '#' }}
        />
      </div>
    </div>
  );
}
