import { expect, type Locator, type Page } from '@playwright/test';

/** In a list of the browser's own, the first entry that begins with these words. */
async function entryOf(target: Locator, words: string): Promise<string | null> {
  return await target.evaluate((element, wanted) => {
    if (!(element instanceof HTMLSelectElement)) return null;
    return [...element.options].find(({ label }) => label.startsWith(wanted))?.label ?? '';
  }, words);
}

/** How a person works the screen. A flow written with these is walked by mouse and by keyboard alike. */
export interface Hands {
  press(target: Locator): Promise<void>;
  write(target: Locator, text: string): Promise<void>;
  /** One entry of a list that opens: a combobox, a select, a menu. */
  pick(target: Locator, option: string): Promise<void>;
  tick(target: Locator): Promise<void>;
  attach(target: Locator, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void>;
}

export function byMouse(page: Page): Hands {
  const press = (target: Locator) => target.click();
  return {
    press,
    tick: press,
    write: async (target, text) => {
      await target.click();
      await target.fill(text);
    },
    pick: async (target, option) => {
      const entry = await entryOf(target, option);
      if (entry !== null) return void (await target.selectOption({ label: entry }));
      await target.click();
      await page.getByRole('option', { name: option }).first().click();
    },
    attach: async (target, file) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), target.click()]);
      await chooser.setFiles(file);
    },
  };
}

const MOST_TABS = 160;

export function byKeyboard(page: Page): Hands {
  /** Where the target is from what has the focus: here, further on, or further back. */
  const whereIs = (target: Locator) =>
    target.evaluate((element) => {
      const { activeElement } = document;
      if (element === activeElement) return 'here';
      const isBefore = activeElement?.compareDocumentPosition(element) === Node.DOCUMENT_POSITION_PRECEDING;
      return isBefore ? 'back' : 'on';
    });

  /** Only what Tab comes to can be used without a mouse. */
  async function reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible();
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      const where = await whereIs(target);
      if (where === 'here') return;
      await page.keyboard.press(where === 'back' ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`${MOST_TABS} times Tab did not reach ${target}`);
  }

  async function press(target: Locator): Promise<void> {
    await reach(target);
    await page.keyboard.press('Enter');
  }

  /** Through a list of the browser's own, entry by entry. */
  async function walkTo(target: Locator, option: string): Promise<void> {
    await reach(target);
    await page.keyboard.press('Home');
    for (let entries = 0; entries < MOST_TABS; entries++) {
      const at = await target.evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.label ?? '');
      if (at.startsWith(option)) return;
      await page.keyboard.press('ArrowDown');
    }
    throw new Error(`“${option}” was not met in ${target}`);
  }

  return {
    press,
    tick: async (target) => {
      await reach(target);
      await page.keyboard.press('Space');
    },
    write: async (target, text) => {
      await reach(target);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    pick: async (target, option) => {
      if ((await entryOf(target, option)) !== null) return await walkTo(target, option);
      await press(target);
      await expect(page.getByRole('option', { name: option }).first()).toBeVisible();
      await page.keyboard.type(option);
      await page.keyboard.press('Enter');
    },
    attach: async (target, file) => {
      await reach(target);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
      await chooser.setFiles(file);
    },
  };
}
