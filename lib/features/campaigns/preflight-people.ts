import type { Tx } from '@/lib/db/client';
import { STANDARD_FIELDS } from '@/lib/domain/contact';
import { contactName } from '@/lib/domain/contact-name';
import { readInMemory } from '@/lib/features/audience/count-audience';
import {
  type AudienceQuery,
  audienceJoins,
  exclusionReason,
  type Fragment,
  includedWhere,
  snapshotOf,
} from '@/lib/features/audience/member-query';

export const PERSON_KEYS = ['ordinary', 'longest_name', 'most_missing', 'markup', 'other_script'] as const;
export type PersonKey = (typeof PERSON_KEYS)[number];

/** Somebody whose message shows how bad it can get; made up (on the values of a real one) where the audience has none. */
export interface Person {
  key: PersonKey;
  contactId: string | null;
  name: string;
  isMadeUp: boolean;
  values: Record<string, unknown>;
}

export const MADE_UP: Partial<Record<PersonKey, Record<string, unknown>>> = {
  longest_name: {
    first_name: 'Maximiliane Theodora-Charlotte Wilhelmina',
    last_name: 'von Wolfeschlegelsteinhausenbergerdorff-Venkatanarasimharajuvaripeta',
  },
  markup: { first_name: '<b>Zoë</b> & “Co” {{ first_name }}', last_name: "O'Neil </a>" },
  other_script: { first_name: 'محمد 🎉', last_name: '李小龍' },
};

export interface AudienceScan {
  /** How many of the audience have no value, by field. */
  missing: Record<string, number>;
  people: Person[];
  sample: { contactId: string; values: Record<string, unknown> }[];
}

type Found = Record<Exclude<PersonKey, 'ordinary'>, string | null> & {
  missing: string[] | null;
  sample: string[] | null;
};
const SAMPLE = 2_000;
const MARKUP = '[<>&{}"]';
// beyond Latin letters and common punctuation
const OTHER_SCRIPT = '[^\u0001-\u024f\u2000-\u206f]';

function fieldText({ sql }: Tx, field: string): Fragment {
  const column = STANDARD_FIELDS[field];
  return column ? sql`c.${sql(column)}::text` : sql`c.attributes ->> ${field}::text`;
}

function joined({ sql }: Tx, parts: Fragment[]): Fragment {
  const [first, ...rest] = parts;
  return first ? rest.reduce((all, part) => sql`${all}, ${part}`, first) : sql`null`;
}

async function scan(tx: Tx, query: AudienceQuery, fields: readonly string[]): Promise<Found | undefined> {
  const { sql } = tx;
  await readInMemory(tx);
  const texts = fields.map((field) => fieldText(tx, field));
  const blanks = texts.map((text) => sql`coalesce(${text}, '') = ''`);
  const words = sql`concat_ws(' ', c.first_name, c.last_name, ${joined(tx, texts)})`;
  const missing = fields.map((_, index) => sql`count(*) filter (where blank[${index + 1}::int])`);
  const [found] = await sql<Found[]>`
    with member as materialized (
      select c.id, char_length(concat_ws(' ', c.first_name, c.last_name)) as length, array[${joined(tx, blanks)}]::bool[] as blank,
        ${words} ~ ${MARKUP}::text as markup, ${words} ~ ${OTHER_SCRIPT}::text as script
      from contacts c ${audienceJoins(sql, query)}
      where c.workspace_id = ${query.workspaceId} and ${includedWhere(sql, query)} and ${exclusionReason(sql, query)} is null
    )
    select (select id from member order by length desc, id limit 1) as longest_name,
      (select id from member order by cardinality(array_positions(blank, true)) desc, id limit 1) as most_missing,
      (select id from member where markup order by id limit 1) as markup,
      (select id from member where script order by id limit 1) as other_script,
      (select array[${joined(tx, [sql`count(*)`, ...missing])}]::bigint[] from member) as missing,
      (select array_agg(id) from (select id from member order by hashtext(id), id limit ${SAMPLE}) s) as sample`;
  return found;
}

/** Looks once over the whole audience for whose message is most likely to go wrong, and takes an even sample of it. */
export async function scanAudience(tx: Tx, query: AudienceQuery, fields: readonly string[]): Promise<AudienceScan> {
  const { sql } = tx;
  const found = query.audience.include.length > 0 ? await scan(tx, query, fields) : undefined;
  const sampled = found?.sample ?? [];
  const wanted = [...sampled, ...PERSON_KEYS.flatMap((key) => (key === 'ordinary' ? [] : (found?.[key] ?? [])))];
  const rows = await sql<
    { id: string; values: Record<string, unknown> & { id?: never }; name: Parameters<typeof contactName>[0] }[]
  >`
    select c.id, ${snapshotOf(sql, [...new Set([...fields, 'first_name', 'last_name'])])} as values,
      jsonb_build_object('firstName', c.first_name, 'lastName', c.last_name, 'email', c.email, 'phone', c.phone,
                         'externalId', c.external_id) as name
    from contacts c where c.workspace_id = ${query.workspaceId} and c.id = any(${[...new Set(wanted)]}::text[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ordinary = byId.get(sampled[0] ?? '');
  const people = PERSON_KEYS.flatMap((key): Person[] => {
    const row = key === 'ordinary' ? ordinary : byId.get(found?.[key] ?? '');
    if (row) return [{ key, contactId: row.id, name: contactName(row.name), isMadeUp: false, values: row.values }];
    const madeUp = MADE_UP[key];
    if (!madeUp) return [];
    const name = [madeUp.first_name, madeUp.last_name].join(' ');
    return [{ key, contactId: null, name, isMadeUp: true, values: { ...ordinary?.values, ...madeUp } }];
  });
  return {
    missing: Object.fromEntries(fields.map((field, index) => [field, Number(found?.missing?.[index + 1] ?? 0)])),
    people,
    sample: sampled.flatMap((id) => {
      const row = byId.get(id);
      return row ? [{ contactId: id, values: row.values }] : [];
    }),
  };
}
