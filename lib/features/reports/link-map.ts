import { prepareEmail, renderParts } from '@/emails/render';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { ContentError } from '@/lib/domain/content-error';
import type { RunLink } from '@/lib/features/reports/run-links';
import { loadRunIn, type QueuingRun } from '@/lib/features/runs/load-run';

export interface LinkMap {
  step: number;
  stepName: string;
  /** The message with a mark at each link; its fields stand for themselves. */
  html: string;
}

const BASE = 'https://waybill.invalid';
const LINK = new RegExp(`<a\\b[^>]*\\bhref="${BASE}/l/(\\d+)"[^>]*>[\\s\\S]*?</a>`, 'gi');
const HOTTEST = 0.55;

function badge(link: RunLink, most: number, emails: number): string {
  const share = emails > 0 ? link.people / emails : 0;
  const heat = most > 0 ? (link.people / most) * HOTTEST : 0;
  const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }).format(share);
  const style = `display:inline-block;margin:2px 4px;padding:1px 6px;border:1px solid #14877d;border-radius:3px;background:linear-gradient(rgba(20,135,125,${heat.toFixed(2)}),rgba(20,135,125,${heat.toFixed(2)})),#fff;color:#141b28;font:600 11px/16px ui-monospace,monospace;white-space:nowrap`;
  return `<span style="${style}">${link.people.toLocaleString('en')} · ${percent}</span>`;
}

function render(run: QueuingRun, step: number): string | null {
  const frozen = run.frozen.flow[step];
  if (frozen?.kind !== 'email') return null;
  const { workspace, fields } = run.frozen;
  const values = Object.fromEntries(fields.map((field) => [field, field.replaceAll('_', ' ')]));
  try {
    return renderParts(prepareEmail(frozen.content, { from: { email: 'report@waybill.invalid' } }), {
      to: 'report@waybill.invalid',
      values: { ...values, workspace: { name: workspace.name, postal_address: workspace.postalAddress } },
      messageId: 'report@waybill.invalid',
      date: new Date(0),
      unsubscribeUrl: `${BASE}/u`,
      preferencesUrl: `${BASE}/p`,
      clickBase: `${BASE}/l`,
    }).html;
  } catch (error) {
    // a field that must be a date or a number cannot stand for itself; the table of links remains
    if (error instanceof ContentError) return null;
    throw error;
  }
}

/** The emails of a run with the share of its recipients who clicked beside every link; none where links are not tracked. */
export async function linkMaps(ctx: Ctx, runId: string, links: readonly RunLink[], emails: number): Promise<LinkMap[]> {
  authorise(ctx, 'reports.read');
  if (links.every(({ clicks }) => clicks === 0)) return [];
  const run = await withTx(ctx, (tx) => loadRunIn(tx, ctx.workspaceId, runId));
  return [...new Set(links.map(({ step }) => step))].flatMap((step) => {
    const own = links.filter((link) => link.step === step);
    const most = Math.max(...own.map(({ people }) => people));
    const html = render(run, step);
    if (!html?.includes(`${BASE}/l/`)) return [];
    const marked = html.replace(LINK, (anchor, index) => {
      const link = own.find((each) => each.link === Number(index));
      return link ? `${anchor}${badge(link, most, emails)}` : anchor;
    });
    return [{ step, stepName: own[0]?.stepName ?? '', html: marked }];
  });
}
