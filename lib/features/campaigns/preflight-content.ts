import { linkDestination } from '@/emails/render';
import { FIELD_LABELS } from '@/lib/domain/contact';
import { ContentError } from '@/lib/domain/content-error';
import { checkLink, type Finding, LINK_PROBLEM_WORDS, type LinkProblem, linksIn } from '@/lib/domain/preflight';
import { countSmsSegments, suggestGsm } from '@/lib/domain/sms-segments';
import type { AudienceScan } from '@/lib/features/campaigns/preflight-people';
import {
  type ContentWorkspace,
  messageValues,
  renderEmailFor,
  renderSmsFor,
  type StepContent,
} from '@/lib/features/campaigns/step-content';

export interface PreflightLink {
  stepId: string;
  stepName: string;
  label: string;
  /** As an ordinary contact would get it. */
  url: string;
  problem: LinkProblem | null;
}

export interface SmsEstimate {
  stepId: string;
  stepName: string;
  messages: number;
  segments: number;
  mostSegments: number;
  /** Counted over everybody, or worked out from a sample. */
  isExact: boolean;
}

export interface ContentReport {
  findings: Finding[];
  links: PreflightLink[];
  sms: SmsEstimate[];
  /** Why a person's message cannot be made, by `step:person`. */
  broken: Record<string, string>;
}

const NUMBER = new Intl.NumberFormat('en');

function problemOf(render: () => unknown): string | null {
  try {
    render();
    return null;
  } catch (error) {
    if (error instanceof ContentError) return error.message;
    throw error;
  }
}

function linksOf(content: StepContent, values: Record<string, unknown>): PreflightLink[] {
  const at = { stepId: content.step.id, stepName: content.step.name };
  const found: { label: string; url: string }[] = [];
  if (content.kind === 'sms') {
    const problem = problemOf(() => {
      for (const url of linksIn(renderSmsFor(content, values).text)) found.push({ label: url, url });
    });
    if (problem) return [];
  } else {
    for (const [index, { label }] of content.compiled.links.entries()) {
      const problem = problemOf(() => {
        found.push({ label, url: linkDestination(content.compiled, index, values) ?? '' });
      });
      if (problem) found.push({ label, url: problem });
    }
  }
  return found.map(({ label, url }) => ({ ...at, label, url, problem: checkLink(url) }));
}

const NAMED_LINKS = 3;

function named(urls: string[]): string {
  const rest = urls.length - NAMED_LINKS;
  return `${urls.slice(0, NAMED_LINKS).join(', ')}${rest > 0 ? ` and ${rest} more, listed below` : ''}`;
}

function linkFindings(links: readonly PreflightLink[], href: string, stepId: string): Finding[] {
  const problems = [...new Set(links.flatMap(({ problem }) => problem ?? []))];
  return problems.map((problem) => {
    const wrong = links.filter((link) => link.problem === problem);
    const [first] = wrong;
    const title =
      wrong.length === 1
        ? `The link “${first?.label || first?.url}” in “${first?.stepName}” ${LINK_PROBLEM_WORDS[problem]}`
        : `${wrong.length} links in “${first?.stepName}” have the same fault: each ${LINK_PROBLEM_WORDS[problem]}`;
    return {
      level: 'warning',
      code: `link:${problem}:${stepId}`,
      title,
      detail: named(wrong.map(({ url }) => url)),
      fix: { label: 'Open the template', href },
    };
  });
}

function gapFindings(content: StepContent, missing: Record<string, number>, audience: number, href: string): Finding[] {
  return content.withoutFallback.flatMap((field): Finding[] => {
    // the scan has people whose address another one has too
    const n = Math.min(missing[field] ?? 0, audience);
    if (n === 0) return [];
    const label = (FIELD_LABELS[field] ?? field).toLowerCase();
    return [
      {
        level: 'warning',
        code: `no_fallback:${field}:${content.step.id}`,
        title: `${NUMBER.format(n)} ${n === 1 ? 'person has' : 'people have'} no ${label} and would see a gap in “${content.step.name}”`,
        detail: `Give the tag a fallback, such as {{ ${field} | fallback: "…" }}.`,
        contacts: n,
        fix: { label: 'Open the template', href },
      },
    ];
  });
}

function renderFindings(problems: string[], sampled: number, content: StepContent, href: string): Finding[] {
  const [first] = problems;
  if (!first) return [];
  const all = problems.length === sampled;
  const share = all ? 'Nobody' : `${problems.length} of ${sampled} people looked at`;
  return [
    {
      level: all ? 'critical' : 'warning',
      code: `cannot_render:${content.step.id}`,
      title: all
        ? `${share} could get “${content.step.name}”: the content does not fit their data`
        : `${share} could not get “${content.step.name}”: their data does not fit the content`,
      detail: first,
      fix: { label: 'Open the template', href },
    },
  ];
}

function smsOf(content: StepContent, values: Record<string, unknown>[], audience: number, href: string) {
  if (content.kind !== 'sms') return { findings: [], estimate: null };
  let segments = 0;
  let mostSegments = 0;
  let rendered = 0;
  let costly: { text: string; segments: number } | null = null;
  for (const each of values) {
    problemOf(() => {
      const sms = renderSmsFor(content, each);
      rendered += 1;
      segments += sms.segments;
      if (sms.segments > mostSegments) mostSegments = sms.segments;
      if (!costly && sms.encoding === 'UCS-2' && suggestGsm(sms.text).length > 0) costly = sms;
    });
  }
  const { id: stepId, name: stepName } = content.step;
  const total = rendered === 0 ? 0 : Math.round((segments / rendered) * audience);
  const estimate: SmsEstimate = {
    stepId,
    stepName,
    messages: audience,
    segments: total,
    mostSegments,
    isExact: rendered === audience,
  };
  const findings: Finding[] = [];
  const text = (costly as { text: string } | null)?.text;
  if (text !== undefined) {
    const now = countSmsSegments(text);
    const swaps = suggestGsm(text).map(({ from, to }) => `${from} → ${to || 'nothing'}`);
    findings.push({
      level: 'warning',
      code: `sms_alphabet:${stepId}`,
      title: `A few characters make “${stepName}” longer than it need be: ${now.segments} ${now.segments === 1 ? 'part' : 'parts'} of 70 letters instead of 160`,
      detail: `Write them plainly: ${swaps.slice(0, 8).join(', ')}.`,
      fix: { label: 'Open the template', href },
    });
  }
  return { findings, estimate };
}

/** Renders every step for the worst cases and a sample, and looks at what comes out: gaps, failures, links, segments. */
export function inspectContent(
  workspace: ContentWorkspace,
  contents: readonly StepContent[],
  scan: AudienceScan,
  audience: number,
): ContentReport {
  const report: ContentReport = { findings: [], links: [], sms: [], broken: {} };
  const sample = scan.sample.map(({ values }) => messageValues(workspace, values));
  for (const content of contents) {
    const href = `/templates/${content.step.templateId}`;
    const render = (values: Record<string, unknown>) =>
      problemOf(() => (content.kind === 'email' ? renderEmailFor(content, values) : renderSmsFor(content, values)));
    const people = scan.people.map((person) => ({ ...person, values: messageValues(workspace, person.values) }));
    for (const { key, values } of people) {
      const problem = render(values);
      if (problem) report.broken[`${content.step.id}:${key}`] = problem;
    }
    const problems = sample.flatMap((values) => render(values) ?? []);
    const links = people[0] ? linksOf(content, people[0].values) : [];
    const { findings, estimate } = smsOf(content, sample, audience, href);
    if (estimate) report.sms.push(estimate);
    report.links.push(...links);
    report.findings.push(
      ...renderFindings(problems, sample.length, content, href),
      ...gapFindings(content, scan.missing, audience, href),
      ...linkFindings(links, href, content.step.id),
      ...findings,
    );
  }
  return report;
}
