import { expect, it } from 'vitest';
import { isCurrent } from './is-current';

it('marks a room on all of its pages and on no other', () => {
  expect(isCurrent('/runs', '/runs')).toBe(true);
  expect(isCurrent('/runs', '/runs/run_1/failures')).toBe(true);
  expect(isCurrent('/runs', '/runs-archive')).toBe(false);
});
