import { z } from 'zod';
import { describeStrip, type STRIP_SEGMENTS, stripTotal } from '@/lib/domain/strip';
import { Action, Facts, Frame, INK, Paragraph, Stamp, Title } from './frame';
import { alignedText, Strip, StripNumbers, stripText } from './strip';
import { defineSystemEmail } from './system-email';

const count = z.number().int().min(0);
const countsSchema = z.object({
  accepted: count,
  failed: count,
  skipped: count,
  in_doubt: count,
  cancelled: count,
  expired: count,
  waiting: count,
}) satisfies z.ZodType<Record<(typeof STRIP_SEGMENTS)[number]['key'], number>>;

const propsSchema = z.object({
  workspaceName: z.string(),
  campaignName: z.string(),
  /** Which run or wave, such as `Wave 2 of 5`. */
  runLabel: z.string(),
  /** Uppercase state, such as COMPLETED WITH ISSUES. */
  stamp: z.string(),
  needsPerson: z.boolean().default(false),
  /** One sentence on how it went. */
  headline: z.string(),
  /** Of the whole run or wave. */
  counts: countsSchema,
  steps: z.array(z.object({ name: z.string(), counts: countsSchema })).default([]),
  /** Everybody the rules looked at; with it, the people left out are accounted for too. */
  listTotal: count.optional(),
  excluded: z.array(z.object({ label: z.string(), count })).default([]),
  /** Times and the like, already in words and the reader's zone. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
  runUrl: z.url({ protocol: /^https?$/ }),
});
type Receipt = z.output<typeof propsSchema>;

const NUMBER = new Intl.NumberFormat('en');

export const receipt = defineSystemEmail({
  props: propsSchema,
  subject: ({ campaignName, runLabel, counts }) => `${campaignName}, ${runLabel}: ${describeStrip(counts)}`,
  html: (props) => (
    <Frame
      title={`${props.campaignName}: ${props.runLabel}`}
      preheader={describeStrip(props.counts)}
      reason={`You receive receipts of ${props.workspaceName}. Change that in the campaign or in its settings.`}
    >
      <Stamp isAlert={props.needsPerson}>{props.stamp}</Stamp>
      <Title>{`${props.campaignName}, ${props.runLabel}`}</Title>
      <Paragraph>{props.headline}</Paragraph>
      <Strip counts={props.counts} />
      <StripNumbers counts={props.counts} />
      {props.steps.length > 1 &&
        props.steps.map(({ name, counts }) => (
          <div key={name}>
            <p
              className="ink"
              style={{ margin: '12px 0 0', fontSize: '14px', lineHeight: '20px', fontWeight: 600, color: INK }}
            >
              {name}
            </p>
            <Strip counts={counts} heightPx={8} />
            <Paragraph isQuiet>{describeStrip(counts)}</Paragraph>
          </div>
        ))}
      <Facts facts={factsOf(props)} />
      {imbalance(props) && (
        <Paragraph>
          <strong>{imbalance(props)}</strong>
        </Paragraph>
      )}
      <Action href={props.runUrl}>Open the run</Action>
    </Frame>
  ),
  text: (props) => [
    `${props.campaignName}, ${props.runLabel}: ${props.stamp.toUpperCase()}`,
    props.headline,
    stripText(props.counts),
    ...(props.steps.length > 1 ? props.steps.map(({ name, counts }) => `${name}: ${describeStrip(counts)}`) : []),
    alignedText(factsOf(props).map(({ label, value }) => [label, value] as const)),
    ...(imbalance(props) ? [imbalance(props)] : []),
    `Open the run: ${props.runUrl}`,
  ],
});

/** From everybody to the audience, then the times. */
function factsOf(props: Receipt): { label: string; value: string }[] {
  if (props.listTotal === undefined) return props.facts;
  return [
    { label: 'Matched by the rules', value: NUMBER.format(props.listTotal) },
    ...props.excluded.map(({ label, count: left }) => ({
      label: `Left out: ${label}`,
      value: `− ${NUMBER.format(left)}`,
    })),
    { label: 'Audience', value: `= ${NUMBER.format(stripTotal(props.counts))}` },
    ...props.facts,
  ];
}

/** A receipt never hides numbers that do not add up. */
function imbalance(props: Receipt): string {
  if (props.listTotal === undefined) return '';
  const left = props.excluded.reduce((sum, { count: own }) => sum + own, 0);
  const missing = props.listTotal - left - stripTotal(props.counts);
  return missing === 0 ? '' : `These numbers do not add up: ${NUMBER.format(missing)} contacts are not accounted for.`;
}
