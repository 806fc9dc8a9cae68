'use client';

import { HoursInput } from '@/components/campaigns/hours-input';
import { Fieldset } from '@/components/ui/field';
import { RadioGroup } from '@/components/ui/radio-group';
import {
  type CampaignHours,
  type HoursChannel,
  hoursWords,
  isWider,
  type SendHours,
  USUAL_HOURS,
} from '@/lib/domain/send-hours';
import { useBuilder } from './builder-context';

const NAMES: Record<HoursChannel, string> = { email: 'Email', sms: 'SMS' };

interface ChannelHoursProps {
  channel: HoursChannel;
  chosen: SendHours | 'any' | undefined;
  workspace: SendHours | undefined;
  onChange: (hours: SendHours | 'any' | undefined) => void;
}

function inheritedWords(workspace: SendHours | undefined): string {
  return workspace ? `Goes ${hoursWords(workspace)}.` : 'The workspace keeps to no hours: it goes at any time.';
}

function ChannelHours({ channel, chosen, workspace, onChange }: ChannelHoursProps) {
  const name = NAMES[channel];
  const offered = workspace ?? USUAL_HOURS[channel];
  const own = typeof chosen === 'object' ? chosen : null;
  const isBeyond = chosen !== undefined && isWider(own, workspace ?? null);
  const options = [
    { value: 'inherit', label: `As the workspace has it for ${name}`, hint: inheritedWords(workspace) },
    {
      value: 'own',
      label: `${name} within hours of this campaign`,
      hint: own ? `Goes ${hoursWords(own)}.` : `To begin with: ${hoursWords(offered)}.`,
    },
    ...(workspace || chosen === 'any' ? [{ value: 'any', label: `${name} at any time` }] : []),
  ];
  function choose(kind: string) {
    if (kind === 'inherit') onChange(undefined);
    else if (kind === 'any') onChange('any');
    else if (!own) onChange(offered);
  }
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup
        aria-label={`Hours for ${name}`}
        look="ruled"
        value={chosen === undefined ? 'inherit' : own ? 'own' : 'any'}
        onValueChange={choose}
        options={options}
      />
      {own && (
        <div className="pl-6.5">
          <HoursInput of={name} value={own} onChange={onChange} />
        </div>
      )}
      {isBeyond && (
        <p className="text-attention-ink text-xs">
          This goes beyond the hours of the workspace. Pre-flight asks somebody to accept it.
        </p>
      )}
    </div>
  );
}

/** In which hours messages may leave; outside of them they wait and go on by themselves. */
export function HoursPart() {
  const { draft, change, choices } = useBuilder();
  const { flow, policy } = draft;
  const channels = (['email', 'sms'] as const).filter((channel) => flow.some(({ kind }) => kind === channel));
  if (channels.length === 0) return null;
  function set(channel: HoursChannel, chosen: SendHours | 'any' | undefined) {
    const { [channel]: _, ...others } = policy.hours ?? {};
    const hours: CampaignHours = chosen === undefined ? others : { ...others, [channel]: chosen };
    change({ policy: { ...policy, hours: Object.keys(hours).length > 0 ? hours : undefined } });
  }
  return (
    <Fieldset
      legend="Hours"
      hint="Outside of them nothing leaves. Messages wait, no attempt is spent, and they go on by themselves."
      className="gap-6"
    >
      {channels.map((channel) => (
        <ChannelHours
          key={channel}
          channel={channel}
          chosen={policy.hours?.[channel]}
          workspace={choices.hours[channel]}
          onChange={(chosen) => set(channel, chosen)}
        />
      ))}
    </Fieldset>
  );
}
