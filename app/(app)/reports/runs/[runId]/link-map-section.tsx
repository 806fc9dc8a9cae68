import { MailFrame } from '@/components/preview/mail-frame';
import { Section } from '@/components/ui/section';
import type { LinkMap } from '@/lib/features/reports/link-map';

/** Where in the message people clicked: at each link how many did, and what share of the emails that is. */
export function LinkMapSection({ maps }: { maps: LinkMap[] }) {
  if (maps.length === 0) return null;
  return (
    <Section
      title="Link map"
      description="The message as it was sent, with its fields in place of values. Beside each link: recipients who clicked it."
    >
      <div className="flex flex-col gap-8 border-ink border-t pt-4">
        {maps.map(({ step, stepName, html }) => (
          <div key={step} className="flex flex-col gap-2">
            {maps.length > 1 && <h3 className="font-medium">{stepName}</h3>}
            <MailFrame
              title={`Link map of ${stepName}`}
              html={html}
              widthPx={680}
              heightPx={560}
              fills
              className="rounded-md border border-rule"
            />
          </div>
        ))}
      </div>
    </Section>
  );
}
