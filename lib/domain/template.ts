import { z } from 'zod';
import { isAllowedUrl } from './escape';
import { isIf, isOutput, type MergeNode, MergeTagError } from './merge-tags';
import { parseCondition, parseMergeTags } from './merge-tags-parse';

/** Text that may contain merge tags; a wrong tag is an issue with its line and column. */
function tagged(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .superRefine((source, ctx) => reportProblem(ctx, () => parseMergeTags(source)));
}

const line = (maxLength: number) =>
  tagged(maxLength).refine((text) => !/[\r\n]/.test(text), { error: 'This must be a single line.' });

const condition = z
  .string()
  .min(1, { error: 'Say when this is shown, for example plan == "Pro".' })
  .max(1000)
  .superRefine((source, ctx) => reportProblem(ctx, () => parseCondition(source)));

const url = tagged(4000).superRefine((source, ctx) => {
  reportProblem(ctx, () => {
    const nodes = parseMergeTags(source.trim());
    if (!startsLikeUrl(nodes))
      throw new MergeTagError('A link starts with https://, http://, mailto: or tel:.', source, 0);
  });
});

/** An image is absolute, or a path on this installation such as `/email/phone.png`. */
const imageUrl = tagged(4000).superRefine((source, ctx) => {
  reportProblem(ctx, () => {
    const nodes = parseMergeTags(source.trim());
    const isWeb = startsLikeUrl(nodes) && !/^(?:mailto|tel):/i.test(source.trim());
    const isPath = /^\/(?!\/)/.test(source.trim());
    if (!isWeb && !isPath) throw new MergeTagError('An image is an https:// address.', source, 0);
  });
});

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, { error: 'A colour looks like #1a2b3c.' });
const align = z.enum(['left', 'center', 'right']);

export const TONES = ['plain', 'tint', 'brand', 'dark'] as const;
export const SOCIAL_NETWORKS = [
  'website',
  'x',
  'facebook',
  'instagram',
  'linkedin',
  'youtube',
  'tiktok',
  'github',
] as const;

const base = {
  /** Stable handle for the editor; means nothing to the renderer. */
  id: z.string().max(40).optional(),
  tone: z.enum(TONES).optional(),
  padding: z.enum(['none', 'small', 'normal', 'large']).optional(),
};

export const textBlockSchema = z.object({
  type: z.literal('text'),
  ...base,
  content: tagged(20_000),
  align: align.optional(),
  size: z.enum(['small', 'normal', 'large']).optional(),
  isMuted: z.boolean().optional(),
});
export const headingBlockSchema = z.object({
  type: z.literal('heading'),
  ...base,
  content: line(500),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  align: align.optional(),
});
export const imageBlockSchema = z.object({
  type: z.literal('image'),
  ...base,
  src: imageUrl,
  alt: line(500),
  href: url.optional(),
  widthPx: z.number().int().min(1).max(1200).optional(),
  align: align.optional(),
  /** From edge to edge of the card, without side padding. */
  isFullWidth: z.boolean().optional(),
});
export const buttonBlockSchema = z.object({
  type: z.literal('button'),
  ...base,
  label: line(200),
  url,
  align: align.optional(),
  variant: z.enum(['solid', 'outline']).optional(),
  isFullWidth: z.boolean().optional(),
});
export const dividerBlockSchema = z.object({ type: z.literal('divider'), ...base });
export const spacerBlockSchema = z.object({
  type: z.literal('spacer'),
  ...base,
  heightPx: z.number().int().min(4).max(200),
});
export const socialBlockSchema = z.object({
  type: z.literal('social'),
  ...base,
  links: z
    .array(z.object({ network: z.enum(SOCIAL_NETWORKS), url }))
    .min(1)
    .max(10),
  align: align.optional(),
});
export const footerBlockSchema = z.object({
  type: z.literal('footer'),
  ...base,
  content: tagged(4000).optional(),
  unsubscribeLabel: line(100).optional(),
  preferencesLabel: line(100).optional(),
});

const leafBlockSchemas = [
  textBlockSchema,
  headingBlockSchema,
  imageBlockSchema,
  buttonBlockSchema,
  dividerBlockSchema,
  spacerBlockSchema,
  socialBlockSchema,
] as const;
export const leafBlockSchema = z.discriminatedUnion('type', leafBlockSchemas);

export const columnsBlockSchema = z.object({
  type: z.literal('columns'),
  ...base,
  columns: z
    .array(
      z.object({ widthPercent: z.number().int().min(10).max(90).optional(), blocks: z.array(leafBlockSchema).max(20) }),
    )
    .min(2)
    .max(4),
  isStackedOnMobile: z.boolean().optional(),
});

const flatBlockSchema = z.discriminatedUnion('type', [...leafBlockSchemas, columnsBlockSchema, footerBlockSchema]);

function conditionalOf<B extends z.ZodType>(block: B) {
  return z.object({
    type: z.literal('conditional'),
    ...base,
    if: condition,
    blocks: z.array(block).max(50),
    otherwise: z.array(block).max(50).optional(),
  });
}

// Conditions nest three deep by construction: no input can make validation or rendering recurse without end.
const innerConditionalSchema = conditionalOf(flatBlockSchema);
const innerBlockSchema = z.discriminatedUnion('type', [...flatBlockSchema.options, innerConditionalSchema]);
const middleBlockSchema = z.discriminatedUnion('type', [...flatBlockSchema.options, conditionalOf(innerBlockSchema)]);
export const conditionalBlockSchema = conditionalOf(middleBlockSchema);
export const emailBlockSchema = z.discriminatedUnion('type', [...flatBlockSchema.options, conditionalBlockSchema]);

export const emailThemeSchema = z.object({
  primary: colour.default('#0f766d'),
  onPrimary: colour.default('#ffffff'),
  background: colour.default('#f4f1ea'),
  surface: colour.default('#ffffff'),
  text: colour.default('#1b2430'),
  muted: colour.default('#68645c'),
  font: z.enum(['sans', 'serif', 'system']).default('sans'),
  radiusPx: z.number().int().min(0).max(24).default(6),
  widthPx: z.number().int().min(320).max(720).default(600),
  header: z.enum(['none', 'name', 'logo']).default('name'),
});

/** The whole grammar of an email template. What it accepts, `emails/render` can send. */
export const emailTemplateSchema = z.object({
  subject: line(500).refine((text) => text.trim() !== '', { error: 'A subject is missing.' }),
  preheader: line(500).default(''),
  language: z
    .string()
    .regex(/^[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
    .default('en'),
  blocks: z.array(emailBlockSchema).max(100),
  theme: emailThemeSchema.prefault({}),
});

export const smsTemplateSchema = z.object({
  text: tagged(2000).refine((text) => text.trim() !== '', { error: 'A text is missing.' }),
});

export type EmailTemplate = z.infer<typeof emailTemplateSchema>;
export type EmailTemplateInput = z.input<typeof emailTemplateSchema>;
export type EmailBlock = z.infer<typeof emailBlockSchema>;
export type EmailTheme = z.infer<typeof emailThemeSchema>;
export type LeafBlock = z.infer<typeof leafBlockSchema>;
export type SmsTemplate = z.infer<typeof smsTemplateSchema>;

function reportProblem(ctx: z.core.$RefinementCtx<string>, parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof MergeTagError)) throw error;
    ctx.addIssue({ code: 'custom', message: `${error.message} (line ${error.line}, column ${error.column})` });
  }
}

/** Whether every way a link can begin is an allowed scheme or a tag, whose value is checked per contact. */
function startsLikeUrl(nodes: readonly MergeNode[]): boolean {
  const [first] = nodes;
  if (first === undefined) return false;
  if (typeof first === 'string')
    return isAllowedUrl(first) || (nodes.length > 1 && /^(?:https?:\/\/|mailto:|tel:)$/i.test(first));
  if (isOutput(first)) return true;
  if (!isIf<MergeNode>(first)) return false;
  const bodies = [...first.branches.map(({ body }) => body), first.otherwise];
  return bodies.every((body) => startsLikeUrl(body.length === 0 ? nodes.slice(1) : body));
}
