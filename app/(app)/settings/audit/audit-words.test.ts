import { describe, expect, it } from 'vitest';
import { dataPieces, pageOf, sentence } from './audit-words';

describe('an audit entry in words', () => {
  it('names the act', () => {
    expect(sentence('member.role_changed')).toBe('Member role changed');
  });
  it('says from what to what', () => {
    expect(dataPieces({ name: 'Ada', from: 'viewer', to: 'admin' })).toEqual(['viewer → admin', 'name: Ada']);
    expect(dataPieces({ trackOpens: { from: false, to: null } })).toEqual(['track opens: no → nothing']);
  });
  it('shortens what is long', () => {
    expect(dataPieces({ text: 'x'.repeat(200) })[0]).toHaveLength(64);
  });
  it('leaves out what is empty and writes lists and objects as people do', () => {
    expect(dataPieces({ replyTo: null, secrets: [], columns: ['email', 'plan', 'outcome', 'sent_at'] })).toEqual([
      'columns: email, plan, outcome and 1 more',
    ]);
    expect(dataPieces({ counts: { new: 2019, rejected: 14, note: '' } })).toEqual(['counts: new 2,019, rejected 14']);
  });
  it('leads to what has a page', () => {
    expect(pageOf('run', 'run_1')).toBe('/runs/run_1');
    expect(pageOf('api_key', 'key_1')).toBeNull();
  });
});
