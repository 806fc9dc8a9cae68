import { Segmented } from './segmented';
import { ALL } from './use-address-filter';

export type ChannelChoice = 'email' | 'sms' | undefined;

/** Both channels, or one of them. */
export function ChannelFilter({ value, onChoose }: { value: ChannelChoice; onChoose(value: string): void }) {
  return (
    <Segmented<typeof ALL | 'email' | 'sms'>
      label="Channel"
      value={value ?? ALL}
      onChange={onChoose}
      options={[
        { value: ALL, label: 'All' },
        { value: 'email', label: 'Email' },
        { value: 'sms', label: 'SMS' },
      ]}
    />
  );
}
