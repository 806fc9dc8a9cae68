'use client';

import { NumberInput } from '@/components/campaigns/number-input';
import { Checkbox } from '@/components/ui/checkbox';
import { Combobox } from '@/components/ui/combobox';
import { Field, Fieldset } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import type { Audience } from '@/lib/domain/campaign';
import { useBuilder } from './builder-context';
import { SourceList } from './source-list';

const DEFAULT_CAP = { messages: 3, days: 7 };
const DEFAULT_HOLDOUT = 10;

/** Who gets it, who does not, and the rules that protect people from too much. */
export function WhoSection() {
  const { draft, change, choices } = useBuilder();
  const { audience } = draft;
  const set = (part: Partial<Audience>) => change({ audience: { ...audience, ...part } });
  return (
    <Section id="who" title="Who" description="Whoever is in several of these gets it once." ruled>
      <div className="flex flex-col gap-8">
        <SourceList
          legend="Send to"
          sources={audience.include}
          onChange={(include) => set({ include })}
          placeholder="Add a list or segment…"
          none="Nobody yet."
          withEveryone
        />
        <SourceList
          legend="But not to"
          sources={audience.exclude}
          onChange={(exclude) => set({ exclude })}
          placeholder="Leave out a list or segment…"
          none="No list or segment is left out."
        />
        <Field
          label="Leave out whoever was reached by"
          hint="People who were sent a message by one of these campaigns."
          optional
        >
          {(control) => (
            <Combobox
              {...control}
              multiple
              noun="campaigns"
              placeholder="No campaign"
              options={choices.campaigns
                .filter(({ id, gone }) => !gone || audience.excludeReachedBy.includes(id))
                .map(({ id, name, gone }) => ({ value: id, label: name, ...(gone && { aside: 'Archived' }) }))}
              value={audience.excludeReachedBy}
              onChange={(excludeReachedBy) => set({ excludeReachedBy })}
            />
          )}
        </Field>
        <ReachRules audience={audience} set={set} />
      </div>
    </Section>
  );
}

function ReachRules({ audience, set }: { audience: Audience; set: (part: Partial<Audience>) => void }) {
  const { frequencyCap, holdoutPercent, requireConsent } = audience;
  return (
    <Fieldset
      legend="Protect people"
      hint="Opt-outs, suppressions and unsubscribed addresses are always left out."
      className="gap-4"
    >
      <Checkbox
        label="Only people who gave consent"
        hint="Off: people who never answered are included too, and only a revoked consent keeps somebody out."
        checked={requireConsent}
        onCheckedChange={(checked) => set({ requireConsent: checked === true })}
      />
      <Checkbox
        label="Not too often"
        hint="Leaves out whoever had several messages from any campaign lately."
        checked={frequencyCap !== undefined}
        onCheckedChange={(checked) => set({ frequencyCap: checked === true ? DEFAULT_CAP : undefined })}
      />
      {frequencyCap && (
        <div className="flex flex-wrap gap-x-6 gap-y-4 pl-6.5">
          <NumberInput
            label="At most"
            value={frequencyCap.messages}
            onChange={(messages) => messages && set({ frequencyCap: { ...frequencyCap, messages } })}
            min={1}
            max={1000}
            after="messages, this one included"
          />
          <NumberInput
            label="Within"
            value={frequencyCap.days}
            onChange={(days) => days && set({ frequencyCap: { ...frequencyCap, days } })}
            min={1}
            max={365}
            after="days"
          />
        </div>
      )}
      <Checkbox
        label="Keep a control group"
        hint="A share, chosen by chance, gets nothing, so that the effect can be measured."
        checked={holdoutPercent > 0}
        onCheckedChange={(checked) => set({ holdoutPercent: checked === true ? DEFAULT_HOLDOUT : 0 })}
      />
      {holdoutPercent > 0 && (
        <div className="pl-6.5">
          <NumberInput
            label="Share"
            value={holdoutPercent}
            onChange={(percent) => percent && set({ holdoutPercent: percent })}
            min={0.1}
            max={50}
            decimals
            after="percent"
          />
        </div>
      )}
    </Fieldset>
  );
}
