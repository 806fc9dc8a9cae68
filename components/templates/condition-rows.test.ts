import { describe, expect, it } from 'vitest';
import { parseCondition } from '@/lib/domain/merge-tags-parse';
import { conditionRows, conditionSource, conditionWords } from './condition-rows';

describe('a condition as lines', () => {
  it('says the same after being read and written', () => {
    for (const source of [
      'plan == "Pro"',
      'not device',
      'first_name and monthly_spend > 40 and plan != "Basic"',
      'plan == "Pro" or plan == "Unlimited" or device contains "phone"',
      `name == 'say "hi"'`,
    ]) {
      const rows = conditionRows(source);
      expect(rows && parseCondition(conditionSource(rows)), source).toEqual(parseCondition(source));
    }
  });

  it('stays text where lines cannot say it', () => {
    expect(conditionRows('(a or b) and c')).toBeNull();
    expect(conditionRows('a == b')).toBeNull();
    expect(conditionRows('a ==')).toBeNull();
    expect(conditionRows('a == true')).toBeNull();
  });

  it('reads as a sentence', () => {
    const label = (field: string) => (field === 'plan' ? 'Plan' : field);
    expect(conditionWords('plan == "Pro" and not device', label)).toBe('Plan is “Pro” and device is empty');
    expect(conditionWords('(a or b) and c', label)).toBe('(a or b) and c');
  });
});
