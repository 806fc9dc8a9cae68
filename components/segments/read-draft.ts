import { parseDate, parseDecimal } from '@/lib/domain/attribute';
import type { SegmentCondition, SegmentNode, SegmentRule } from '@/lib/domain/segment';
import { type ValueTest, valueTestSchema } from '@/lib/domain/value-test';
import { type DraftCondition, type DraftGroup, type DraftNode, type DraftTest, takes } from './rule-draft';

/** What is still missing, by the key of its line, as a sentence that says what to do. */
export type DraftProblems = Readonly<Record<string, string>>;

function readNumber(text: string): number | null {
  return parseDecimal(text.trim(), 'point');
}

function readDate(text: string): string | null {
  return parseDate(text.trim(), 'ymd');
}

function readDays(text: string): number | null {
  const days = /^\d{1,5}$/.test(text.trim()) ? Number(text) : null;
  return days !== null && days <= 36_500 ? days : null;
}

/** The test as the grammar knows it, or a sentence about what is missing. */
export function readTest(draft: DraftTest): ValueTest | string {
  const { type, op } = draft;
  const make = (rest: Record<string, unknown>): ValueTest | string => {
    const parsed = valueTestSchema.safeParse({ type, op, ...rest });
    return parsed.success ? parsed.data : 'This comparison is not possible.';
  };
  const read = type === 'number' ? readNumber : type === 'date' ? readDate : (text: string) => text.trim() || null;
  const need = type === 'number' ? 'Give a number.' : type === 'date' ? 'Give a date.' : 'Give a value.';
  switch (takes(op)) {
    case 'none':
      return make({});
    case 'many':
      return draft.values.length > 0 ? make({ values: draft.values }) : 'Give at least one value.';
    case 'days': {
      const days = readDays(draft.days);
      return days === null ? 'Give a number of days.' : make({ days });
    }
    case 'range': {
      const from = read(draft.from);
      const to = read(draft.to);
      if (from === null || to === null) return type === 'date' ? 'Give both dates.' : 'Give both numbers.';
      return from > to ? 'The first must not be larger than the second.' : make({ from, to });
    }
    default: {
      if (type === 'boolean') return make({ value: draft.value === 'yes' });
      const value = read(draft.value);
      return value === null ? need : make({ value });
    }
  }
}

function readCondition(draft: DraftCondition): SegmentCondition | string {
  switch (draft.kind) {
    case 'field': {
      const test = readTest(draft.test);
      return typeof test === 'string' ? test : { kind: 'field', field: draft.field, test };
    }
    case 'attribute': {
      const test = readTest(draft.test);
      return typeof test === 'string' ? test : { kind: 'attribute', key: draft.attribute, test };
    }
    case 'list':
      return draft.listId ? { kind: 'list', listId: draft.listId, is: draft.is } : 'Choose a list.';
    case 'segment':
      return draft.segmentId ? { kind: 'segment', segmentId: draft.segmentId, is: draft.is } : 'Choose a segment.';
    case 'behaviour': {
      const { did, happened, campaignId, withinDays } = draft;
      const days = withinDays === '' ? undefined : readDays(withinDays);
      if (days === null || days === 0 || (days ?? 0) > 3650) return 'Give a number of days from 1 to 3,650.';
      return {
        kind: 'behaviour',
        did,
        happened,
        ...(campaignId && { campaignId }),
        ...(days !== undefined && { withinDays: days }),
      };
    }
  }
}

function readNode(draft: DraftNode, problems: Record<string, string>): SegmentNode | null {
  if (draft.kind === 'group') return readGroup(draft, problems);
  const read = readCondition(draft);
  if (typeof read !== 'string') return read;
  problems[draft.key] = read;
  return null;
}

function readGroup(draft: DraftGroup, problems: Record<string, string>): SegmentRule {
  const rules = draft.rules.map((one) => readNode(one, problems)).filter((one) => one !== null);
  return { kind: 'group', match: draft.match, rules };
}

/** The rule that was typed, or null while a line is not finished; `problems` says which and why. */
export function readDraft(draft: DraftGroup): { rule: SegmentRule | null; problems: DraftProblems } {
  const problems: Record<string, string> = {};
  const rule = readGroup(draft, problems);
  return { rule: Object.keys(problems).length === 0 ? rule : null, problems };
}
