import { z } from 'zod';
import { attributeKeySchema, attributeTypeSchema, DATE_ORDERS, DECIMAL_MARKS } from './attribute';

export const IMPORT_FIELDS = [
  'external_id',
  'email',
  'phone',
  'first_name',
  'last_name',
  'language',
  'time_zone',
  'email_consent',
  'sms_consent',
  'do_not_market',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export const importTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('field'), field: z.enum(IMPORT_FIELDS) }),
  z.object({
    kind: z.literal('attribute'),
    key: attributeKeySchema,
    label: z.string().trim().min(1).max(80),
    type: attributeTypeSchema,
  }),
  z.object({ kind: z.literal('ignore') }),
]);
export type ImportTarget = z.infer<typeof importTargetSchema>;

/** One entry per column of the file, in any order; columns that are not mentioned are ignored. */
export const importMappingSchema = z
  .array(z.object({ column: z.string().max(200), target: importTargetSchema }))
  .min(1)
  .max(200);
export type ImportMapping = z.infer<typeof importMappingSchema>;

export const importOptionsSchema = z.object({
  encoding: z.string().max(40).default('utf-8'),
  delimiter: z.enum(DELIMITERS).default(','),
  hasHeader: z.boolean().default(true),
  dateOrder: z.enum(DATE_ORDERS).default('ymd'),
  decimalMark: z.enum(DECIMAL_MARKS).default('point'),
  /** Country of phone numbers written without +; the workspace's own if left out. */
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters such as SG')
    .optional(),
  /** An empty cell leaves what is known as it is, or empties it. */
  emptyCells: z.enum(['keep', 'clear']).default('keep'),
  /** A value that cannot be read refuses its row, or is left empty with a note. Identity columns always refuse. */
  badValues: z.enum(['reject_row', 'leave_empty']).default('reject_row'),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

export const IMPORT_STATUSES = ['queued', 'running', 'completed', 'failed', 'undone', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];
export const UNDO_WINDOW_DAYS = 7;
export const MAX_UPLOAD_BYTES = 2_000_000_000;
export const UPLOAD_CHUNK_BYTES = 1_048_576;
export const MAX_ROW_BYTES = 1_000_000;

/** Why a row is refused, or what was noted about one that was taken, as a label for lists and filters. */
export const ROW_CODES: Readonly<Record<string, string>> = {
  wrong_column_count: 'Wrong number of columns',
  no_identity: 'No customer number, email or phone',
  ambiguous_match: 'Matches more than one contact',
  erased: 'Was erased on request',
  external_id_invalid: 'Customer number not valid',
  email_invalid: 'Email not valid',
  email_multiple: 'More than one email',
  email_too_long: 'Email too long',
  email_control_characters: 'Line break or control character in an email',
  phone_invalid: 'Phone not valid',
  phone_multiple: 'More than one phone',
  text_too_long: 'Text too long',
  language_invalid: 'Language not valid',
  time_zone_invalid: 'Time zone not valid',
  consent_invalid: 'Consent not yes or no',
  boolean_invalid: 'Not yes or no',
  number_invalid: 'Not a number',
  date_invalid: 'Not a date',
  tags_invalid: 'Too many or too long tags',
  repeated_in_file: 'Contact appears more than once',
  shared_email: 'Email belongs to another contact too',
  consent_kept_revoked: 'Consent stays revoked',
  line_breaks: 'Line break replaced by a space',
  control_characters: 'Invisible characters removed',
  looks_like_formula: 'Looks like a spreadsheet formula',
  looks_like_markup: 'Looks like markup',
  looks_like_merge_tag: 'Looks like a merge tag',
  encoding_mixed: 'Not in the encoding of the file',
};
