import { type CheckOutcome, longFiles, runChecks } from './checks/checks';
import { readArguments, runCommand } from './command';

readArguments({}, 'npm run check');

function tell({ name, problems, seconds }: CheckOutcome): void {
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.toFixed(1)} s`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '       '));
}

runCommand(async () => {
  const outcomes = await runChecks(tell);
  for (const line of longFiles()) console.log(`note   ${line}`);
  const failed = outcomes.filter((outcome) => outcome.problems.length > 0);
  console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
});
