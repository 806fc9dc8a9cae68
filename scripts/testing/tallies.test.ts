import { describe, expect, it } from 'vitest';
import { tallyOf as tallyOfPlaywright } from './run-playwright';
import { tallyOf as tallyOfVitest } from './run-vitest';

const vitest = (over: object) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});

describe('the sum of a test run', () => {
  it('counts the tests that passed', () => {
    expect(tallyOfVitest(vitest({}), 0)).toEqual({ passed: 3, failed: 0, notes: [] });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [{ name: 'x.test.ts', status: 'failed', assertionResults: [] }];
    expect(tallyOfVitest(vitest({ testResults }), 1)).toMatchObject({
      failed: 1,
      notes: ['x.test.ts could not be run'],
    });
  });

  it('counts an error outside any test as a failure', () => {
    expect(tallyOfVitest(vitest({}), 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('counts a browser run that ended before its tests as a failure', () => {
    const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    expect(tallyOfPlaywright({ stats, errors: [{ message: 'no browser\nat x' }] }, 1)).toEqual({
      passed: 0,
      failed: 1,
      notes: ['no browser'],
    });
  });
});
