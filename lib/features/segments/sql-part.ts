import type postgres from 'postgres';

type Value = string | readonly string[];

/** A piece of SQL text with its values kept apart; values only ever become parameters. */
export interface SqlPart {
  readonly strings: readonly string[];
  readonly values: readonly Value[];
}

function isPart(value: Value | SqlPart): value is SqlPart {
  return typeof value === 'object' && 'strings' in value;
}

/** Text of ours, such as a column of a fixed table; never anything from a rule. */
export function verbatim(text: string): SqlPart {
  return { strings: [text], values: [] };
}

/** A tagged template that nests: other parts are spliced in, everything else becomes a parameter. */
export function part(strings: TemplateStringsArray, ...inserted: (Value | SqlPart)[]): SqlPart {
  const texts: string[] = [strings[0] ?? ''];
  const values: Value[] = [];
  const append = (text: string) => {
    texts[texts.length - 1] += text;
  };
  inserted.forEach((one, i) => {
    if (isPart(one)) {
      one.strings.forEach((text, n) => {
        if (n === 0) append(text);
        else texts.push(text);
      });
      values.push(...one.values);
    } else {
      values.push(one);
      texts.push('');
    }
    append(strings[i + 1] ?? '');
  });
  return { strings: texts, values };
}

export function joined(parts: readonly SqlPart[], between: 'and' | 'or', empty: 'true' | 'false'): SqlPart {
  const [first, ...rest] = parts;
  if (!first) return verbatim(empty);
  if (rest.length === 0) return first;
  const glue = verbatim(` ${between} `);
  return part`(${rest.reduce((all, one) => part`${all}${glue}${one}`, first)})`;
}

/** The part as text with numbered parameters, for clients that want the two apart. */
export function toText({ strings, values }: SqlPart): { text: string; params: Value[] } {
  const text = strings.reduce((all, one, i) => `${all}$${i}${one}`);
  return { text, params: [...values] };
}

export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** The part as a fragment for the tagged templates of postgres.js. */
export function toFragment(sql: postgres.Sql | postgres.TransactionSql, { strings, values }: SqlPart): Fragment {
  const template: TemplateStringsArray = Object.assign([...strings], { raw: [...strings] });
  return sql(template, ...values.map((value) => (typeof value === 'string' ? value : [...value])));
}
