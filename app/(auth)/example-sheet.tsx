import { StripBar } from '@/components/strip/strip-bar';
import { Stamp } from '@/components/ui/stamp';
import { STRIP_SEGMENTS, type StripCounts } from '@/lib/domain/strip';

const LEFT_OUT = [
  ['Matched the segment', 2060],
  ['opted out', -31],
  ['address bounced before', -22],
  ['already reached this week', -7],
] as const;

const COUNTS: StripCounts = {
  accepted: 1957,
  failed: 34,
  skipped: 6,
  in_doubt: 3,
  cancelled: 0,
  expired: 0,
  waiting: 0,
};

const number = new Intl.NumberFormat('en');

function Line({ label, value, strong = false }: { label: string; value: string; strong?: boolean }) {
  return (
    <div className={`flex items-baseline justify-between gap-6 py-1.5 ${strong ? 'font-semibold' : 'text-ink-soft'}`}>
      <span>{label}</span>
      <span className="figure">{value}</span>
    </div>
  );
}

/** What the product is about, drawn as one of its own sheets; decoration, so hidden from screen readers. */
export function ExampleSheet() {
  return (
    <div aria-hidden="true" className="grid place-items-center border-rule-strong border-l bg-well p-12 max-lg:hidden">
      <div className="w-full max-w-md border border-rule-strong bg-sheet p-8 shadow-lift">
        <div className="flex items-center justify-between gap-4 border-ink border-b pb-4">
          <div>
            <p className="text-ink-faint text-xs">Example</p>
            <p className="font-semibold text-base">Phone launch, step 1 of 4</p>
          </div>
          <Stamp status="completed_with_issues" />
        </div>
        <div className="divide-y divide-rule border-rule border-b py-2">
          {LEFT_OUT.map(([label, value]) => (
            <Line key={label} label={label} value={value < 0 ? `− ${number.format(-value)}` : number.format(value)} />
          ))}
        </div>
        <div className="pt-2">
          <Line label="Audience" value="= 2,000" strong />
        </div>
        <StripBar counts={COUNTS} className="my-3 h-6" />
        <div className="divide-y divide-rule">
          {STRIP_SEGMENTS.filter(({ key }) => COUNTS[key] > 0).map(({ key, label }) => (
            <Line key={key} label={label} value={number.format(COUNTS[key])} />
          ))}
        </div>
        <div className="double-rule mt-1 border-ink border-t">
          <Line label="Nobody missing, nobody twice" value="= 2,000" strong />
        </div>
      </div>
    </div>
  );
}
