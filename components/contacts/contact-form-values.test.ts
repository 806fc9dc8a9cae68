import { describe, expect, it } from 'vitest';
import type { AttributeDefinition } from '@/lib/domain/attribute';
import { AppError } from '@/lib/errors';
import { changedFields, contactInput, formValues } from './contact-form-values';

const ATTRIBUTES: AttributeDefinition[] = [
  { key: 'plan', label: 'Plan', type: 'text' },
  { key: 'spend', label: 'Spend', type: 'number' },
  { key: 'vip', label: 'VIP', type: 'boolean' },
  { key: 'since', label: 'Since', type: 'date' },
  { key: 'tags', label: 'Tags', type: 'tags' },
];
const STORED = {
  firstName: 'Wei',
  lastName: null,
  email: 'wei@example.com',
  phone: null,
  externalId: 'C1',
  language: null,
  timeZone: null,
  doNotMarket: true,
  trackingOff: false,
  attributes: { plan: 'Pro', spend: 12.5, vip: true, tags: ['a', 'b'] },
};

function data(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe('the form of a contact', () => {
  const values = formValues(STORED, ATTRIBUTES);
  it('sends nothing that was not changed', () => {
    const { trackingOff: _, ...untouched } = values;
    expect(changedFields(data({ ...untouched, 'attributes.since': '' }), values)).toEqual({});
    expect(changedFields(data({ ...untouched, 'attributes.vip': 'no' }), values)).toEqual({ 'attributes.vip': 'no' });
  });
  it('takes a box that was cleared as a change', () => {
    expect(changedFields(data({}), { doNotMarket: 'yes' })).toEqual({ doNotMarket: '' });
  });
  it('reads every type, and an emptied field as nothing', () => {
    const typed = {
      firstName: ' ',
      doNotMarket: '',
      'attributes.plan': '',
      'attributes.spend': '1,200.50',
      'attributes.vip': 'unknown',
      'attributes.since': '2026-02-28',
      'attributes.tags': 'x, y, x',
    };
    expect(contactInput(typed, ATTRIBUTES)).toEqual({
      firstName: null,
      doNotMarket: false,
      attributes: { plan: null, spend: 1200.5, vip: null, since: '2026-02-28', tags: ['x', 'y'] },
    });
  });
  it('names every attribute that is not of its type', () => {
    const wrong = { 'attributes.spend': 'lots', 'attributes.since': '2026-02-30' };
    const caught = (() => {
      try {
        contactInput(wrong, ATTRIBUTES);
      } catch (error) {
        return error instanceof AppError ? error.issues.map(({ path }) => path) : [];
      }
    })();
    expect(caught).toEqual(['attributes.spend', 'attributes.since']);
  });
});
