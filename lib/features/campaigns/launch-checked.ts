import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { mayLaunch } from '@/lib/domain/preflight';
import { AppError } from '@/lib/errors';
import { type Activated, activateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { type Launched, launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { preflight } from '@/lib/features/campaigns/preflight';

export const launchCheckedSchema = z.object({
  campaignId: z.string(),
  /** The revision the person saw. */
  revision: z.number().int(),
  /** Codes of the warnings the person accepted by name. */
  accepted: z.array(z.string().max(300)).max(200).default([]),
});

type Checked = z.output<typeof launchCheckedSchema>;

async function check(ctx: Ctx, { campaignId, revision, accepted }: Checked, nothing: string): Promise<void> {
  const report = await preflight(ctx, campaignId);
  if (report.launched !== null || report.revision !== revision || mayLaunch(report.findings, accepted)) return;
  const open = report.findings.filter(
    ({ level, code }) => level === 'critical' || (level === 'warning' && !accepted.includes(code)),
  );
  throw new AppError(
    'precondition',
    `${nothing} Look at this first: ${open.map(({ title }) => title.replace(/\.$/, '')).join('; ')}.`,
    { issues: open.map(({ code, title }) => ({ path: code, message: title })) },
  );
}

/**
 * Launches what a person has seen: pre-flight runs once more, and a warning that came up since, or was not accepted, stops
 * it. Once per revision however often it is pressed. Throws `conflict`, `precondition`.
 */
export async function launchChecked(ctx: Ctx, input: z.input<typeof launchCheckedSchema>): Promise<Launched> {
  authorise(ctx, 'campaigns.launch');
  const checked = parseInput(launchCheckedSchema, input);
  await check(ctx, checked, 'Nothing was launched.');
  return await launchCampaign(ctx, checked);
}

/** Activates what a person has seen, after pre-flight once more, as a launch is checked. Throws `conflict`, `precondition`. */
export async function activateChecked(ctx: Ctx, input: z.input<typeof launchCheckedSchema>): Promise<Activated> {
  authorise(ctx, 'campaigns.launch');
  const checked = parseInput(launchCheckedSchema, input);
  await check(ctx, checked, 'Nothing was activated.');
  return await activateCampaign(ctx, checked);
}
