import { expect, it } from 'vitest';
import { navFor } from './nav';

const keys = (groups: ReturnType<typeof navFor>) => groups.flat().map(({ key }) => key);

it('shows a service agent the service desk and nothing else', () => {
  expect(keys(navFor('service_agent', true))).toEqual(['service']);
});

it('shows the inbox in demo mode only', () => {
  expect(keys(navFor('marketer', true))).toContain('inbox');
  expect(keys(navFor('marketer', false))).not.toContain('inbox');
  expect(keys(navFor('owner', false))).toHaveLength(13);
});
