import { describe, expect, it } from 'vitest';
import { dataLines, sentence } from './audit-words';

describe('an audit entry in words', () => {
  it('names the act', () => {
    expect(sentence('member.role_changed')).toBe('Member role changed');
  });
  it('says from what to what', () => {
    expect(dataLines({ name: 'Ada', from: 'viewer', to: 'admin' })).toEqual(['viewer → admin', 'name: Ada']);
    expect(dataLines({ trackOpens: { from: false, to: null } })).toEqual(['track opens: false → nothing']);
  });
  it('shortens what is long', () => {
    expect(dataLines({ text: 'x'.repeat(200) })[0]).toHaveLength(64);
  });
});
