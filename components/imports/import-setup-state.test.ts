import { describe, expect, it } from 'vitest';
import {
  carryOver,
  choiceOf,
  type FileInspection,
  mappingProblems,
  suggestedSetup,
  targetOf,
} from './import-setup-state';

const KNOWN = [{ key: 'plan', label: 'Plan', type: 'text' as const }];
const FILE: FileInspection = {
  fileName: 'people.csv',
  sizeBytes: 100,
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  dateOrder: 'ymd',
  columns: ['Mail', 'Plan'],
  samples: [],
  estimatedRows: 3,
  mapping: [
    { column: 'Mail', target: { kind: 'field', field: 'email' } },
    { column: 'Plan', target: { kind: 'attribute', key: 'plan', label: 'Plan', type: 'text' } },
  ],
};

describe('the columns of an import', () => {
  it('may go to a field, a known attribute, a new one, or nowhere', () => {
    for (const choice of ['field:phone', 'attribute:plan', 'new', 'ignore']) {
      expect(choiceOf(targetOf(choice, 'Contract end', KNOWN), KNOWN)).toBe(choice);
    }
    expect(targetOf('new', 'Contract end', KNOWN)).toMatchObject({ key: 'contract_end', label: 'Contract end' });
  });
  it('may not meet in one place, and one of them must say who it is', () => {
    const twice = FILE.mapping.map(({ column }) => ({ column, target: targetOf('attribute:plan', column, KNOWN) }));
    expect(mappingProblems(twice)).toEqual({
      columns: { Plan: '“Mail” goes to Plan already.' },
      whole: expect.stringMatching(/customer number/),
    });
    expect(mappingProblems(FILE.mapping)).toEqual({ columns: {}, whole: null });
  });
  it('keep what was decided when the file is read differently', () => {
    const decided = suggestedSetup(FILE);
    decided.mapping = decided.mapping.map((one) =>
      one.column === 'Plan' ? { column: 'Plan', target: { kind: 'ignore' } } : one,
    );
    const reread = carryOver(decided, { ...FILE, delimiter: ';', encoding: 'windows-1252' });
    expect(reread.mapping[1]?.target).toEqual({ kind: 'ignore' });
    expect(reread.options).toMatchObject({ delimiter: ';', encoding: 'windows-1252', badValues: 'reject_row' });
  });
});
