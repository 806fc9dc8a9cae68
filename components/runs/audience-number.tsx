import { Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';

/** How many people a run is for, leading to them. */
export function AudienceNumber({ runId, audience }: { runId: string; audience: number | null }) {
  return (
    <NumberLink href={audience ? `/runs/${runId}/deliveries` : undefined}>
      <Num value={audience} faintZero />
    </NumberLink>
  );
}
