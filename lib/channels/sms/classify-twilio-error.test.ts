import { describe, expect, it } from 'vitest';
import { classifyTwilioError } from './classify-twilio-error';

const cases: [status: number, code: number | null, expected: object][] = [
  [400, 21610, { class: 'recipient', retryable: false, code: '21610' }],
  [400, 21211, { class: 'recipient', retryable: false }],
  [400, 21614, { class: 'recipient', retryable: false }],
  [400, 21617, { class: 'content', retryable: false }],
  [400, 99999, { class: 'content', retryable: false }],
  [400, 21606, { class: 'account', retryable: true }],
  [400, 21408, { class: 'recipient', retryable: false }],
  [401, 20003, { class: 'account', retryable: true }],
  [404, null, { class: 'account', retryable: true, code: '404' }],
  [429, 20429, { class: 'provider', retryable: true, retryAfterMs: 3000 }],
  [429, 63038, { class: 'account', retryable: true }],
  [500, 20500, { outcome: 'unknown' }],
  [503, null, { outcome: 'unknown' }],
];

describe('whom a Twilio error is about', () => {
  for (const [status, code, expected] of cases) {
    it(`${status} ${code}`, () => {
      expect(classifyTwilioError(status, code, 'm', new Headers({ 'retry-after': '3' }))).toMatchObject(expected);
    });
  }
});
