import { describe, expect, it } from 'vitest';
import { SKIP_REASONS } from './delivery';
import { ERROR_CLASSES } from './delivery-error';
import { causeCode, explainCause } from './error-words';

describe('a cause in plain words', () => {
  it.each([
    ['recipient:550 5.1.1', 'the mailbox does not exist', 'after_fix'],
    ['recipient:452 4.2.2', 'the mailbox is full', 'now'],
    ['recipient:451 4.7.1', 'the recipient’s server put us off every time we tried', 'now'],
    ['recipient:21610', 'they replied STOP to this number', 'pointless'],
    ['recipient:ESME_RINVDSTADR', 'the number is not a phone number that can be reached', 'after_fix'],
    ['content:render_failed', 'the message could not be filled with this contact’s data', 'pointless'],
    ['content:552 5.3.4', 'the message is larger than the recipient’s server takes', 'pointless'],
    ['internal:connection_lost', 'the connection to the provider broke before the message was handed over', 'now'],
    ['internal:output_table_missing', 'the output table of this step was archived', 'after_fix'],
  ])('tells what %s means and whether a retry helps', (cause, what, retry) => {
    expect(explainCause('failed', cause)).toMatchObject({ what, retry });
  });

  it('has words for every class, whatever the code', () => {
    for (const errorClass of ERROR_CLASSES) {
      for (const code of ['', '999', 'never_heard_of', '599 9.9.9']) {
        const { what, fix } = explainCause('failed', `${errorClass}:${code}`);
        expect(what).toMatch(/^[a-z].{10,}[^.]$/);
        expect(fix).toMatch(/\.$/);
      }
    }
  });

  it('has words for every reason of a skip', () => {
    for (const reason of SKIP_REASONS) expect(explainCause('skipped', reason).what).not.toBe('');
  });

  it('never calls a doubt sent or not sent, and warns before sending again', () => {
    for (const code of ['worker_lost', 'timeout', 'connection_lost', '503', 'partial_timeout', 'x', '']) {
      const { what, fix } = explainCause('in_doubt', code);
      expect(what).not.toMatch(/was (?:not )?sent/);
      expect(fix).toContain('may reach somebody twice');
    }
  });

  it('quotes the code without our class', () => {
    expect(causeCode('recipient:550 5.1.1')).toBe('550 5.1.1');
    expect(causeCode('worker_lost')).toBe('worker_lost');
  });
});
