// The toast: what was done, read in both themes, taken back with one key, closed, and gone by itself; where the focus goes.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, chefPages, logIn, press } from './steps';

// two workers share the file, each with a demo of its own
test.describe.configure({ mode: 'parallel' });

const tickable = /^(Ingen avvikelse|Utförd|Klar):/;
const schemes = ['light', 'dark'] as const;

/** What a form of the page would send: its hidden fields. */
const hidden = (page: Page, form: string) =>
  page
    .locator(form)
    .first()
    .locator('input[type=hidden]')
    .evaluateAll((fields) => Object.fromEntries(fields.map((f) => [(f as HTMLInputElement).name, (f as HTMLInputElement).value])));

/** Sends a form as the browser does, and does not open the page that answers: what was done is told on the next one. */
async function send(page: Page, path: string, form: Record<string, string>) {
  const own = new URL(page.url());
  const headers = { origin: own.origin, referer: own.href, accept: 'text/html' };
  const answer = await page.request.post(path, { form, headers, maxRedirects: 0 });
  expect(answer.status(), path).toBe(303);
}

/** A control of November that the chef carries out. */
async function control(page: Page, name: string) {
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill(name);
  await page.getByLabel('Hur ofta').selectOption('valda_manader');
  await page.getByLabel('november', { exact: true }).check();
  await page.getByLabel('Utförs av').selectOption({ label: 'Enhetschef' });
  await press(page, 'Lägg till i planen');
}

/** What sticks to the bottom of the window, or lies over the page, and is under the toast. */
const covered = (page: Page) =>
  page.locator('.toast').evaluate((bar) => {
    const over = bar.getBoundingClientRect();
    const sticks = ({ position, bottom }: CSSStyleDeclaration) =>
      position === 'fixed' || (position === 'sticky' && bottom !== 'auto');
    return [...document.querySelectorAll('.main *')]
      .filter((e) => sticks(getComputedStyle(e)) && !bar.contains(e))
      .map((e) => ({ e, r: e.getBoundingClientRect() }))
      .filter(({ r }) => r.width > 0 && r.top < over.bottom && r.bottom > over.top && r.left < over.right && r.right > over.left)
      .map(({ e }) => e.outerHTML.slice(0, 120));
  });

// with a table that is filled in, with a form and its bar, with a wheel, with cases: all of them, by halves
for (const half of [0, 1]) {
  test(`every page of a chef passes axe with a toast, in both themes (half ${half + 1} of 2)`, async ({ page, axe }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await logIn(page, 'Enhetschef');
    const paths = (await chefPages(page)).filter((path) => !/\/apt\/[^/]+\/visa/.test(path));
    await page.goto('/');
    const row = page.locator('.row', { has: page.getByRole('button', { name: tickable }) }).first();
    const tick = await hidden(page, `#${await row.getAttribute('id')} form`);
    for (const path of paths.filter((_, n) => n % 2 === half)) {
      await send(page, '/api/mark_occurrence_done', tick);
      await page.goto(path);
      await awake(page);
      await expect(page.locator('.toast'), path).toContainText('är utförd');
      // out of the count
      await page.getByRole('button', { name: 'Ångra' }).focus();
      await axe(...schemes);
      expect(await covered(page), path).toEqual([]);
      const undo = await hidden(page, '.toast form');
      await send(page, '/api/undo_occurrence_mark', undo);
      tick.version = String(Number(undo.version) + 1);
    }
  });
}

for (const colorScheme of schemes) {
  test(`menu, popover and question pass axe when they are open, ${colorScheme}`, async ({ page, axe }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await logIn(page, 'Enhetschef');
    const name = `Öppnas i ${colorScheme}`;
    await control(page, name);
    await page.goto('/egenkontroll');
    await awake(page);
    await page.locator('.month-grid tr', { hasText: name }).locator('td:has(.popover form) button.cell').click();
    await expect(page.locator('.popover:popover-open')).toBeVisible();
    await axe();
    await page.keyboard.press('Escape');

    await page.goto('/avvikelser/ny');
    await awake(page);
    await page.getByLabel('Vad hände?').fill('Halvskriven händelse om en dörr');
    await expect(page.locator('.draft-said')).toContainText('sparas på den här enheten');
    await page.getByRole('button', { name: 'Logga ut' }).click();
    const question = page.getByRole('alertdialog');
    await expect(question).toBeVisible();
    await axe();
    await question.getByRole('button', { name: /^Ta bort/ }).click();
    await expect(page).toHaveURL(/logga-in/);
    await page.waitForLoadState('load');

    await page.setViewportSize({ width: 390, height: 844 });
    await logIn(page, 'Enhetschef');
    await page.getByRole('button', { name: tickable }).first().click();
    await expect(page.getByRole('button', { name: 'Ångra' })).toBeInViewport({ ratio: 1 });
    await axe();
    await page.locator('.menu summary').click();
    await expect(page.getByRole('link', { name: 'Årshjul', exact: true })).toBeVisible();
    await axe();
    await page.getByRole('button', { name: 'Ångra' }).click();
    await expect(page.getByRole('status')).toContainText('åter att göra');
    await axe();
  });
}

test('after a tick the focus is on the next row, Ctrl+Z takes the tick back, and Escape closes what is said', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await awake(page);
  const rows = page.locator('.row', { has: page.getByRole('button', { name: tickable }) });
  const id = await rows.first().getAttribute('id');
  const next = await page.evaluate((id) => {
    const all = [...document.querySelectorAll('.row[id]')].map((row) => row.id);
    return all[all.indexOf(id ?? '') + 1];
  }, id);
  await page.locator(`#${id}`).getByRole('button', { name: tickable }).click();
  await expect(page.locator('.toast')).toContainText('är utförd');
  await expect(page.locator(`#${id}`)).toHaveCount(0);
  await expect(page.locator(`#${next} .row-title`)).toBeFocused();

  await page.keyboard.press('Control+z');
  await expect(page.locator('.toast')).toContainText('åter att göra');
  await expect(page.locator(`#${id} .row-title`), 'the row that is there again').toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.toast')).toBeHidden();
  await expect(page.locator(`#${id} .row-title`)).toBeFocused();
});

test('after a tick in the month grid the focus is on the same cell, and after Ångra too; from what was said it goes back to where it was', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await control(page, 'Bockas av i rutnätet');
  await page.goto('/egenkontroll');
  await awake(page);
  const row = page.locator('.month-grid tr', { hasText: 'Bockas av i rutnätet' });
  const cell = row.locator('td:has(.popover form) button.cell');
  const id = ((await cell.getAttribute('popovertarget')) ?? '').replace('bocka-', '');
  await cell.click();
  await page.locator('.popover:popover-open').getByRole('button', { name: tickable }).click();
  await expect(page.locator('.toast')).toContainText('är utförd');
  await expect(page.locator(`.month-grid a[href="/forekomster/${id}"]`).first()).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(page.locator('.toast')).toContainText('åter att göra');
  await expect(cell).toBeFocused();
  await awake(page);
  await page.locator('#innehall').focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('.toast-close'), 'from the beginning of the content what was said is one Tab away').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toBeHidden();
  await expect(page.locator('#innehall')).toBeFocused();
});

test('what is said goes away by itself, but not while somebody stands in it or points at it', async ({ page }) => {
  await page.clock.install();
  await logIn(page, 'Enhetschef');
  await awake(page);
  await page.getByRole('button', { name: tickable }).first().click();
  const undo = page.getByRole('button', { name: 'Ångra' });
  await expect(undo).toBeVisible();
  await awake(page);
  await undo.focus();
  await page.clock.runFor(40_000);
  await expect(undo).toBeFocused();
  await page.locator('#innehall').focus();
  await page.locator('.toast-text').hover();
  await page.clock.runFor(40_000);
  await expect(undo).toBeVisible();
  await page.mouse.move(1, 1);
  await page.clock.runFor(20_000);
  await expect(page.locator('.toast')).toBeHidden();
});

test('what has to be read stays until it is closed', async ({ page }) => {
  await page.clock.install();
  await logIn(page, 'Enhetschef');
  await page.goto('/egenkontroll');
  await page.locator('.month-grid th[scope=row] a', { hasText: 'Dokumentation' }).first().click();
  await page.goto(`${page.url().split('?')[0]}/kriterier`);
  await awake(page);
  await page.getByRole('button', { name: /^Spara/ }).first().click();
  const toast = page.locator('.toast');
  await expect(toast).toContainText('Kriterierna är sparade. Genomföranden som pågår ändras inte');
  await awake(page);
  await page.clock.runFor(300_000);
  await expect(toast).toBeVisible();
  await toast.getByRole('link', { name: 'Stäng meddelandet' }).click();
  await expect(toast).toBeHidden();
});

test('a bar that sticks to the bottom of a phone stands above the toast', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await logIn(page, 'Enhetschef');
  await page.goto('/avvikelser/installningar');
  await awake(page);
  await page.getByRole('button', { name: 'Spara', exact: true }).first().click();
  await expect(page.locator('.toast')).toContainText('Inställningarna är sparade');
  await awake(page);
  const bar = page.locator('.form-actions').first();
  await expect(bar).toHaveCSS('position', 'sticky');
  await expect.poll(() => covered(page)).toEqual([]);
  await page.getByRole('link', { name: 'Stäng meddelandet' }).click();
  await expect(bar, 'and is at the bottom when it is gone').toHaveCSS('bottom', '0px');
});

test('without JavaScript what was said can be closed, and taken back', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Enhetschef', exact: true }).click();
  await page.getByRole('button', { name: tickable }).first().click();
  await expect(page.locator('.toast')).toContainText('är utförd');
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.locator('.toast')).toContainText('åter att göra');
  await page.getByRole('link', { name: 'Stäng meddelandet' }).click();
  await expect(page.locator('.toast')).toHaveCount(0);
  await context.close();
});
