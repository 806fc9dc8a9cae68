import type { APIRequestContext, Page } from '@playwright/test';
import postgres from 'postgres';
import { codeAt, stepAt } from '@/lib/auth/totp';
import type { PageToSee } from './every-page';
import { isAlive } from './product';

/** Settings of the seeded product, by name. */
type Settings = Readonly<Record<string, string | undefined>>;

/** Screens that only one person of the seed comes to, or only after doing something there. */
export interface Scenes {
  person: string;
  signIn(page: Page): Promise<void>;
  pages(request: APIRequestContext): Promise<PageToSee[]>;
}

export async function enterPassword(page: Page, email: string | undefined, settings: Settings): Promise<void> {
  await page.goto('/sign-in');
  await isAlive(page.getByLabel('Email'));
  await page.getByLabel('Email').fill(email ?? '');
  await page.getByLabel('Password').fill(settings.PEOPLE_PASSWORD ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const press = (name: string | RegExp) => async (page: Page) => {
  const button = page.getByRole('button', { name }).first();
  await isAlive(button);
  await button.click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).first().waitFor();
};

async function openStep(page: Page): Promise<void> {
  const step = page.getByRole('button', { name: /Who got it/ });
  await isAlive(step);
  await step.click();
}

async function untickHours(page: Page): Promise<void> {
  const box = page.getByLabel('Email only within hours');
  await isAlive(box);
  await box.check();
}

/** Where it is night, and one campaign comes again and again. */
function ofTheNight(settings: Settings): Scenes {
  return {
    person: 'night',
    signIn: async (page) => {
      await enterPassword(page, settings.NIGHT_OWL_EMAIL, settings);
      await page.waitForURL(/overview/);
    },
    pages: async (request) => {
      const first = async (address: string) => {
        const { items }: { items: { id: string }[] } = await (await request.get(`/api/v1/${address}`)).json();
        return items[0]?.id ?? '';
      };
      const campaign = async (name: string) => `/campaigns/${await first(`campaigns?q=${encodeURIComponent(name)}`)}`;
      const weekly = await campaign('News of the week');
      const draft = await campaign('Not sent yet');
      const contact = await first('contacts?search=Wilhelmina');
      const run = `/runs/${settings.NIGHT_RUN_ID}`;
      return [
        { name: 'overview', path: '/overview', live: true },
        { name: 'campaigns', path: '/campaigns' },
        { name: 'health', path: '/health', live: true },
        { name: 'queue', path: '/health/queue?of=later' },
        { name: 'occurrences', path: `${weekly}/occurrences`, live: true },
        { name: 'occurrences-run-now', path: `${weekly}/occurrences`, first: press('Run once now') },
        { name: 'occurrences-deactivate', path: `${weekly}/occurrences`, first: press('Deactivate') },
        { name: 'occurrences-never', path: `${await campaign('Never begun')}/occurrences` },
        { name: 'occurrences-ended', path: `${await campaign('Summer greetings')}/occurrences` },
        { name: 'recurring-builder', path: weekly },
        { name: 'recurring-preflight', path: `${weekly}/preflight` },
        { name: 'hours-builder', path: draft },
        { name: 'hours-preflight', path: `${draft}/preflight` },
        { name: 'condition', path: draft, first: openStep },
        { name: 'hours-settings', path: '/settings/workspace', first: untickHours },
        { name: 'run-waits', path: run, live: true },
        { name: 'run-waits-rows', path: `${run}/deliveries?step=0&state=waiting` },
        { name: 'contact', path: `/contacts/${contact}` },
        { name: 'service', path: `/service/contacts/${contact}` },
      ];
    },
  };
}

/** A code that was not used yet; the pages of one person are looked at faster than people sign in. */
async function freshCode(settings: Settings): Promise<string> {
  const sql = postgres(settings.DATABASE_URL ?? '', { max: 1 });
  await sql`delete from token_buckets`;
  await sql`
    update second_factors set last_step = null where user_id = (select id from users where email = ${settings.GUARDED_EMAIL ?? ''})`;
  await sql.end();
  return codeAt(settings.GUARDED_SECRET ?? '', stepAt(Date.now()));
}

/** Who has two-factor sign-in on. */
function ofTheGuarded(settings: Settings): Scenes {
  const renew = press('New recovery codes');
  return {
    person: 'guarded',
    signIn: async (page) => {
      await enterPassword(page, settings.GUARDED_EMAIL, settings);
      await page.waitForURL(/sign-in\/code/);
      await isAlive(page.getByRole('textbox', { name: 'Code' }));
      await page.getByRole('textbox', { name: 'Code' }).fill(await freshCode(settings));
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.waitForURL(/overview/);
    },
    pages: async () => [
      { name: 'profile', path: '/settings/profile' },
      { name: 'sessions', path: '/settings/sessions' },
      { name: 'turn-off', path: '/settings/profile', first: press('Turn off') },
      {
        name: 'turn-off-refused',
        path: '/settings/profile',
        first: async (page) => {
          await press('Turn off')(page);
          await page.getByRole('button', { name: 'Turn it off' }).click();
          await page
            .getByRole('dialog')
            .getByText(/not|code/i)
            .nth(2)
            .waitFor();
        },
      },
      { name: 'renew-codes', path: '/settings/profile', first: renew },
      {
        name: 'recovery-codes',
        path: '/settings/profile',
        first: async (page) => {
          await renew(page);
          await page.getByRole('textbox', { name: 'Code' }).fill(await freshCode(settings));
          await page.getByRole('button', { name: 'Make new ones' }).click();
          await page.getByRole('list', { name: 'Recovery codes' }).waitFor();
        },
      },
    ],
  };
}

/** Who has given the password and not the code yet. */
function ofTheAwaited(settings: Settings): Scenes {
  const wrong = async (page: Page) => {
    await isAlive(page.getByRole('textbox', { name: 'Code' }));
    await page.getByRole('textbox', { name: 'Code' }).fill('000000');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText(/This code is not right/).waitFor();
  };
  return {
    person: 'awaited',
    signIn: async (page) => {
      await enterPassword(page, settings.GUARDED_EMAIL, settings);
      await page.waitForURL(/sign-in\/code/);
    },
    pages: async () => [
      { name: 'code', path: '/sign-in/code' },
      { name: 'code-wrong', path: '/sign-in/code', first: wrong },
    ],
  };
}

/** Who is about to set two-factor sign-in up. */
function ofTheCareful(settings: Settings): Scenes {
  const begin = async (page: Page, password: string | undefined) => {
    await isAlive(page.getByLabel('Your password'));
    await page.getByLabel('Your password').fill(password ?? '');
    await page.getByRole('button', { name: 'Set it up' }).click();
  };
  return {
    person: 'careful',
    signIn: async (page) => {
      await enterPassword(page, settings.CAREFUL_EMAIL, settings);
      await page.waitForURL(/overview/);
    },
    pages: async () => [
      { name: 'profile', path: '/settings/profile' },
      { name: 'members', path: '/settings/members' },
      { name: 'two-factor', path: '/two-factor' },
      {
        name: 'two-factor-wrong',
        path: '/two-factor',
        first: async (page) => {
          await begin(page, 'not my password');
          await page.getByText('This is not your password.').waitFor();
        },
      },
      {
        name: 'two-factor-picture',
        path: '/two-factor',
        first: async (page) => {
          await begin(page, settings.PEOPLE_PASSWORD);
          await page.getByRole('img', { name: /QR code/ }).waitFor();
        },
      },
    ],
  };
}

export function scenes(settings: Settings): Scenes[] {
  return [ofTheNight, ofTheGuarded, ofTheAwaited, ofTheCareful].map((of) => of(settings));
}
