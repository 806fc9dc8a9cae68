import { expect, it } from 'vitest';
import { isCurrent, navFor } from './nav';

const keys = (groups: ReturnType<typeof navFor>) => groups.flat().map(({ key }) => key);

it('shows a service agent the service desk and nothing else', () => {
  expect(keys(navFor('service_agent', true))).toEqual(['service']);
});

it('shows the inbox in demo mode only', () => {
  expect(keys(navFor('marketer', true))).toContain('inbox');
  expect(keys(navFor('marketer', false))).not.toContain('inbox');
  expect(keys(navFor('owner', false))).toHaveLength(13);
});

it('marks a room on all of its pages and on no other', () => {
  expect(isCurrent('/runs', '/runs')).toBe(true);
  expect(isCurrent('/runs', '/runs/run_1/failures')).toBe(true);
  expect(isCurrent('/runs', '/runs-archive')).toBe(false);
});
