import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { askedPort, interrupted, readArguments, runCommand } from './command';
import { duration, openScreen, progressLines, reconciliation, type Screen } from './demo/display';
import type { DemoProgress, DemoStack, Scenario } from './demo/scenario';
import { watchRun } from './demo/watch-run';
import { forgetEmbeddedPostgres } from './embedded-postgres';
import { adoptEnvironment, type Environment, givenEnvironment, ROOT } from './environment';
import { ensureBuild } from './next-build';
import { openStack, type Stack } from './stack';

const USAGE = 'npm run demo -- [--exit] [--json] [--fresh] [--port N]';
const { values } = readArguments(
  { exit: { type: 'boolean' }, json: { type: 'boolean' }, fresh: { type: 'boolean' }, port: { type: 'string' } },
  USAGE,
);
const HOME = path.join(ROOT, '.waybill', 'demo');
const startedAt = Date.now();
const ending = new AbortController();

async function loadScenario({ bundles }: Stack): Promise<Scenario> {
  const file = path.join(ROOT, bundles?.scenario ?? path.join('scripts', 'demo-scenario.ts'));
  const loaded: { scenario: Scenario } = await import(pathToFileURL(file).href);
  return loaded.scenario;
}

function summary(runId: string, progress: DemoProgress, seconds: number): string {
  const order = ['accepted', 'failed', 'skipped', 'cancelled', 'expired', 'in_doubt', 'waiting'] as const;
  const steps = progress.steps.map(({ step, counts }) => ({
    step,
    ...Object.fromEntries(order.map((key) => [key, counts[key]])),
  }));
  const { status, audience, excluded, balanced } = progress;
  return JSON.stringify({
    run: runId,
    status,
    audience,
    excluded,
    steps,
    balanced,
    seconds: Math.round(seconds * 10) / 10,
  });
}

async function startEverything(screen: Screen): Promise<{ stack: Stack; web: Promise<void> }> {
  const given: Environment = {
    ...givenEnvironment(),
    DATABASE_URL: undefined,
    APP_URL: undefined,
    WAYBILL_MAIL_URL: undefined,
  };
  const stack = await openStack({
    home: HOME,
    given,
    ...askedPort(values.port, given.PORT, 3000),
    host: '127.0.0.1',
    capture: true,
    env: { WAYBILL_DEMO: '1', INNGEST_EVENT_KEY: undefined, INNGEST_SIGNING_KEY: undefined },
    say: screen.say,
  });
  const { postgres } = stack;
  if (postgres) screen.say(`PostgreSQL ${postgres.isNew ? 'set up and started' : 'started'} in ${postgres.tookMs} ms.`);
  const web = ensureBuild({ env: given, say: screen.say, signal: ending.signal }).then((distDir) =>
    stack.startWeb(distDir),
  );
  web.catch(() => undefined);
  return { stack, web };
}

async function runScenario(stack: Stack, web: Promise<void>, screen: Screen): Promise<number> {
  adoptEnvironment(stack.env);
  const [scenario] = await Promise.all([
    loadScenario(stack),
    stack.startCapture(path.join(ROOT, 'scripts', 'demo', 'capture-rules.json')),
  ]);
  stack.startWorker();
  const demo: DemoStack = {
    appUrl: stack.appUrl,
    databaseUrl: stack.databaseUrl,
    captureSmtpPort: Number(stack.env.WAYBILL_CAPTURE_SMTP_PORT),
    captureHttpUrl: stack.env.WAYBILL_CAPTURE_HTTP_URL ?? '',
    say: screen.say,
    signal: ending.signal,
  };
  const run = await scenario.begin(demo);
  const launchedAt = Date.now();
  screen.say(run.isNew ? `${run.title} is on its way.` : `${run.title} was launched by an earlier start.`);
  if (!values.exit) {
    web.then(
      async () => screen.say(`The dashboard is up; this link signs you in: ${await scenario.signInUrl(demo)}`),
      (error) => {
        if (!ending.signal.aborted) screen.say(error instanceof Error ? error.message : String(error));
      },
    );
  }
  const progress = await watchRun(scenario, run.runId, screen, ending.signal);
  ending.signal.throwIfAborted();
  const seconds = (Date.now() - launchedAt) / 1000;
  for (const line of [...progressLines(progress), reconciliation(progress)]) screen.say(line);
  if (run.isNew)
    screen.say(`The run took ${duration(seconds)}; ${duration((Date.now() - startedAt) / 1000)} since the start.`);
  if (values.json) console.log(summary(run.runId, progress, seconds));
  await web;
  if (!values.exit) {
    screen.say('Waybill stays up until you press Ctrl-C; the data is kept for the next start.');
    await new Promise(() => undefined);
  }
  await scenario.end();
  return progress.status === 'completed' && progress.balanced ? 0 : 1;
}

runCommand(async () => {
  const untilSignal = interrupted();
  const screen = openScreen(values.json ? process.stderr : process.stdout);
  if (values.fresh) {
    await forgetEmbeddedPostgres(path.join(HOME, 'pg'));
    rmSync(HOME, { recursive: true, force: true });
    screen.say('Earlier data of the demo is forgotten.');
  }
  const { stack, web } = await startEverything(screen);
  try {
    const code = await Promise.race([untilSignal, stack.failed, runScenario(stack, web, screen)]);
    if (code >= 128) screen.say('Stopping; the data is kept.');
    return code === 130 || code === 143 ? 0 : code;
  } finally {
    ending.abort(new Error('The demo is stopping.'));
    await stack.stop();
  }
});
