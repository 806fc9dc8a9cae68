import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyResendError, POISON } from './classify-resend-error';
import { mapBatchAnswer } from './resend';

describe('whom a Resend error is about', () => {
  const cases: [number, string, string, object][] = [
    [
      422,
      'validation_error',
      'Invalid `to` field. The email address needs to follow…',
      { class: 'recipient', retryable: false },
    ],
    [422, 'validation_error', 'Invalid `from` field.', { class: 'account', retryable: true }],
    [403, 'validation_error', 'The example.com domain is not verified.', { class: 'account', retryable: true }],
    [422, 'missing_required_field', 'Missing `subject` field.', { class: 'content', retryable: false }],
    [401, 'missing_api_key', 'Missing API key', { class: 'account', retryable: true }],
    [429, 'rate_limit_exceeded', 'Too many requests', { class: 'provider', retryable: true, retryAfterMs: 1000 }],
    [429, 'daily_quota_exceeded', 'Quota', { class: 'account', retryable: true }],
    [429, 'monthly_quota_exceeded', 'Quota', { class: 'account', retryable: true }],
    [409, 'invalid_idempotent_request', 'Different payload', { outcome: 'unknown', code: 'payload_drift' }],
    [409, 'concurrent_idempotent_requests', 'In progress', { outcome: 'unknown' }],
    [500, 'application_error', 'Oops', { outcome: 'unknown' }],
    [502, '', '<html>', { outcome: 'unknown', code: '502' }],
  ];
  for (const [status, name, message, expected] of cases) {
    it(`${status} ${name}`, () => expect(classifyResendError(status, name, message)).toMatchObject(expected));
  }

  it('a batch refused for one message is poison; refused for its sender it is not', () => {
    const headers = new Headers();
    expect(classifyResendError(422, 'validation_error', 'Invalid `to` field.', headers, true)).toBe(POISON);
    expect(classifyResendError(422, 'validation_error', 'Invalid `from` field.', headers, true)).toMatchObject({
      class: 'account',
    });
  });
});

describe('the answer to a permissive batch', () => {
  it('gives every message its own result for any set of refused indices', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.func(fc.boolean()), (count, isRefused) => {
        const indices = Array.from({ length: count }, (_, index) => index);
        const refused = indices.filter((index) => isRefused(index));
        const data = indices.filter((index) => !refused.includes(index)).map((index) => ({ id: `id-${index}` }));
        const errors = refused.map((index) => ({ index, message: `refused ${index}` }));
        const results = mapBatchAnswer(count, { data, errors: errors.reverse() });
        expect(results).toHaveLength(count);
        results?.forEach((result, index) => {
          if (refused.includes(index))
            expect(result).toMatchObject({ outcome: 'rejected', text: `422 refused ${index}` });
          else expect(result).toMatchObject({ outcome: 'accepted', providerMessageId: `id-${index}` });
        });
      }),
    );
  });

  it('attributes nothing when the numbers do not add up', () => {
    const ids = [{ id: 'a' }, { id: 'b' }];
    expect(mapBatchAnswer(3, { data: ids, errors: [] })).toBeNull();
    expect(mapBatchAnswer(2, { data: ids, errors: [{ index: 0, message: 'x' }] })).toBeNull();
    expect(mapBatchAnswer(3, { data: ids, errors: [{ index: 3, message: 'x' }] })).toBeNull();
    expect(
      mapBatchAnswer(4, {
        data: ids,
        errors: [
          { index: 1, message: 'x' },
          { index: 1, message: 'x' },
        ],
      }),
    ).toBeNull();
  });
});
