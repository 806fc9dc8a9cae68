import { CopyButton } from '@/components/ui/copy-button';
import { FactList } from '@/components/ui/facts';
import { Tabs } from '@/components/ui/tabs';

interface MessageViewsProps {
  deliveryId: string;
  channel: 'email' | 'sms';
  text: string;
  headers: { name: string; value: string }[];
  source: string | null;
  /** False for providers that build the message themselves: then the source is what they were handed. */
  isWhole: boolean;
}

function Exact({ code, of }: { code: string; of: string }) {
  return (
    <div className="relative rounded-md border border-rule bg-well">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="max-h-[70vh] overflow-auto rounded-md p-4 pr-12 font-mono text-xs leading-5">
        {code}
      </pre>
      <CopyButton value={code} label={`Copy ${of}`} className="absolute top-2 right-2" />
    </div>
  );
}

function Plain({ text }: { text: string }) {
  return (
    <div className="max-w-2xl whitespace-pre-wrap rounded-md border border-rule bg-sheet p-6 [overflow-wrap:anywhere]">
      {text}
    </div>
  );
}

/** As the customer saw it, and as it was; the frame may do nothing, and its copy reports nothing. */
export function MessageViews({ deliveryId, channel, text, headers, source, isWhole }: MessageViewsProps) {
  if (channel === 'sms') return <Plain text={text} />;
  return (
    <Tabs
      label="The message"
      tabs={[
        {
          value: 'shown',
          label: 'As it looked',
          content: (
            <>
              <p className="pb-3 text-ink-soft text-sm">
                Links lead nowhere and opening it here is not counted. Nothing else was changed.
              </p>
              <iframe
                title="The message as it looked"
                src={`/api/service/messages/${deliveryId}/document`}
                sandbox=""
                referrerPolicy="no-referrer"
                className="h-[70vh] w-full rounded-md border border-rule-strong bg-white"
              />
            </>
          ),
        },
        { value: 'text', label: 'Plain text', content: <Plain text={text} /> },
        {
          value: 'headers',
          label: 'Headers',
          content: (
            <FactList
              facts={headers.map(({ name, value }) => ({
                label: name,
                value: <span className="font-mono text-xs [overflow-wrap:anywhere]">{value}</span>,
              }))}
            />
          ),
        },
        ...(source === null
          ? []
          : [
              {
                value: 'source',
                label: 'Source',
                content: (
                  <>
                    <p className="pb-3 text-ink-soft text-sm">
                      {isWhole
                        ? 'Every byte as it was handed to the provider.'
                        : 'What the provider was handed; it built the message from this.'}
                    </p>
                    <Exact code={source} of="the source" />
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}
