import { Logo, LogoMark } from '@/components/shell/logo';
import { Swatch } from '@/components/strip/strip-bar';
import { Badge, type Tone } from '@/components/ui/badge';
import { Kbd } from '@/components/ui/kbd';
import { Stamp, type StampStatus } from '@/components/ui/stamp';
import { STRIP_SEGMENTS } from '@/lib/domain/strip';

const SURFACES = [
  ['bg-paper', 'paper', 'the page'],
  ['bg-sheet', 'sheet', 'what lies on it'],
  ['bg-well', 'well', 'what is set into it'],
  ['bg-ink', 'ink', 'words, main action'],
] as const;
const INKS = [
  ['text-ink', 'ink'],
  ['text-ink-soft', 'ink-soft'],
  ['text-ink-faint', 'ink-faint'],
  ['text-link', 'link'],
  ['text-accepted-ink', 'accepted'],
  ['text-failed-ink', 'failed'],
  ['text-doubt-ink', 'doubt'],
  ['text-waiting-ink', 'waiting'],
  ['text-skipped-ink', 'skipped'],
  ['text-attention-ink', 'attention'],
] as const;
const SIZES = [
  ['text-xl', '28 / 36', '2,000 people, one waybill'],
  ['text-lg', '20 / 28', 'Sent means sent'],
  ['text-base', '16 / 24', 'Nobody is lost, nobody gets it twice.'],
  ['text-sm', '14 / 20', 'Everybody can see why, and a run always goes on from where it stopped.'],
  ['text-xs', '12 / 16', 'Labels, hints, notes beside a figure.'],
] as const;
const TONES: Tone[] = ['neutral', 'accepted', 'failed', 'doubt', 'waiting', 'skipped', 'attention', 'link'];
const STATUSES: StampStatus[] = [
  'draft',
  'scheduled',
  'awaiting_approval',
  'queuing',
  'sending',
  'paused',
  'stalled',
  'completed',
  'completed_with_issues',
  'cancelled',
  'failed',
  'delivered',
  'in_doubt',
  'skipped',
  'waiting',
];

export function Foundations() {
  return (
    <div className="flex flex-col gap-10">
      <div className="flex flex-wrap items-center gap-8">
        <LogoMark className="size-16" />
        <LogoMark className="size-8" />
        <LogoMark className="size-4" />
        <Logo />
      </div>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        {SURFACES.map(([fill, name, use]) => (
          <div key={name}>
            <div className={`h-16 border border-rule-strong ${fill}`} />
            <div className="pt-2 text-sm">{name}</div>
            <div className="text-ink-faint text-xs">{use}</div>
          </div>
        ))}
      </div>
      <div className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        {STRIP_SEGMENTS.map(({ key, label, meaning }) => (
          <div key={key} className="flex gap-3">
            <Swatch segment={key} className="mt-0.5 size-8" />
            <div className="min-w-0">
              <div>{label}</div>
              <div className="text-ink-faint text-xs">{meaning}</div>
            </div>
          </div>
        ))}
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-2 font-medium">
        {INKS.map(([colour, name]) => (
          <span key={name} className={colour}>
            {name}
          </span>
        ))}
      </div>
      <div className="divide-y divide-rule border-rule border-y">
        {SIZES.map(([size, measure, words]) => (
          <div key={size} className="grid items-baseline gap-x-6 py-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <span className="figure text-ink-faint text-xs">{measure}</span>
            <span className={size}>{words}</span>
          </div>
        ))}
        <div className="grid items-baseline gap-x-6 py-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
          <span className="figure text-ink-faint text-xs">mono</span>
          <span className="figure whitespace-normal">0123456789 run_01jd5k3q 1,204 + 796 = 2,000</span>
        </div>
      </div>
      <div className="flex flex-wrap gap-3">
        {STATUSES.map((status) => (
          <Stamp key={status} status={status} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Stamp status="sending" size="md" />
        <Stamp status="completed_with_issues" size="md" />
        <Stamp status="paused" size="md" />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Kbd>⌘K</Kbd>
        <Kbd>j</Kbd>
        <Kbd>k</Kbd>
      </div>
    </div>
  );
}
