// Utfall: the outcomes of a plan are filled from the keyboard, each cell saved for itself; they are there after a reload, and two who fill at
// once see each other.
import type { Browser, Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn } from './steps';

const words = (page: Page) => page.locator('.utfall-sparat [role=status]');
const cell = (page: Page, kolumn: string, rad: string) => page.getByLabel(`${kolumn}, ${rad}`, { exact: true });

async function other(browser: Browser, server: string, role: string) {
  const page = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(page, role);
  return page;
}

/** Opens the table of the year, where nothing is filled yet. */
async function open(page: Page) {
  await page.goto('/verksamhetsplan');
  await page.getByRole('link', { name: 'Utfall', exact: true }).click();
  await page.getByRole('link', { name: 'Helår', exact: true }).click();
  await expect(page).toHaveURL(/period=\d{4}-VB/);
  await awake(page);
}

test('four rows are filled from the keyboard, say why they stand as they do, and are there after a reload', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await open(page);
  await axe();
  await cell(page, 'Totalt', 'Förändringsplaner inom tre månader').focus();
  // Enter goes to the row below
  for (const text of ['29/35', '97 %', '70 %', '0,8 %']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }
  await expect(words(page)).toHaveText(/^Sparat \d\d\.\d\d$/);
  const row = page.locator('tr', { hasText: 'Förändringsplaner inom tre månader' });
  await expect(row.locator('.utfall-lage')).toContainText('uppnås');
  await expect(row.locator('.utfall-varfor')).toContainText('82,86 mot minst 75');
  await expect(row.locator('.utfall-visad').first()).toContainText('29 av 35');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('åtta av 13 ifyllda');
  // Tab goes to the next cell; the total is outside what it is made of
  await cell(page, 'Kvinnor', 'Har förändringsplan, av samtliga').focus();
  await page.keyboard.type('45 %');
  await page.keyboard.press('Tab');
  await page.keyboard.type('60 %');
  await page.keyboard.press('Tab');
  const warned = page.locator('tr', { hasText: 'Har förändringsplan, av samtliga' });
  await expect(warned.locator('td.varnar')).toHaveCount(1);
  await axe();
  // what cannot be read stands where it was written, with why
  await cell(page, 'Totalt', 'Aspiranter med Stockholmsjobb').focus();
  await page.keyboard.type('femton');
  await page.keyboard.press('Enter');
  await expect(page.locator('.field-error')).toContainText('Skriv ett tal');
  await cell(page, 'Totalt', 'Aspiranter med Stockholmsjobb').fill('15');
  await page.keyboard.press('Enter');
  await expect(page.locator('.field-error')).toHaveCount(0);
  await page.reload();
  await expect(cell(page, 'Totalt', 'Förändringsplaner inom tre månader')).toHaveValue('29/35');
  await expect(cell(page, 'Män', 'Har förändringsplan, av samtliga')).toHaveValue(/^60/);
  await expect(cell(page, 'Totalt', 'Aspiranter med Stockholmsjobb')).toHaveValue('15');
});

test('two who fill at once see each other, and of two in one cell the later is told', async ({ page, browser, server }) => {
  test.setTimeout(60_000);
  await logIn(page, 'Enhetschef');
  await open(page);
  const second = await other(browser, server, 'Metodutvecklare');
  await open(second);
  await cell(second, 'Totalt', 'Vuxna med långvarigt bistånd').fill('0,3 %');
  await second.keyboard.press('Enter');
  await expect(words(second)).toHaveText(/^Sparat/);
  await expect(cell(page, 'Totalt', 'Vuxna med långvarigt bistånd')).toHaveValue(/^0,3/, { timeout: 10_000 });
  // neither has seen the other's
  await page.route('**/api/get_utfall', () => {});
  await cell(second, 'Kvinnor', 'Aspiranter med Stockholmsjobb').fill('12');
  await second.keyboard.press('Enter');
  await expect(words(second)).toHaveText(/^Sparat/);
  await cell(page, 'Kvinnor', 'Aspiranter med Stockholmsjobb').fill('14');
  await page.keyboard.press('Enter');
  await expect(page.locator('.field-error')).toContainText('Någon annan har skrivit ”12” medan du skrev ”14”.');
  await page.getByRole('button', { name: 'Skriv 14' }).click();
  await expect(page.locator('.field-error')).toHaveCount(0);
  await expect(words(page)).toHaveText(/^Sparat/);
  await expect(cell(second, 'Kvinnor', 'Aspiranter med Stockholmsjobb')).toHaveValue('14', { timeout: 10_000 });
  await second.context().close();
});

test('S sets a status of its own with why, and a block is pasted', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await open(page);
  await cell(page, 'Totalt', 'Barn i familjer med ekonomiskt bistånd').focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', '0,8 %\t0,7 %\n0,6 %\t0,5 %\n');
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(page.getByText('4 rutor är ifyllda.')).toBeVisible();
  await expect(cell(page, 'Kvinnor', 'Personer med bistånd, av befolkningen')).toHaveValue(/^0,5/);
  await cell(page, 'Totalt', 'Upplever förbättrad situation').focus();
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/#status$/);
  await awake(page);
  await page.getByLabel(/^Status/).selectOption('ej_relevant');
  await page.getByLabel('Varför?', { exact: true }).fill('Mäts inte i år');
  await page.getByRole('button', { name: 'Spara statusen' }).click();
  await expect(page.locator('tr', { hasText: 'Upplever förbättrad situation' })).toContainText('satt för hand');
});

test('on a phone each row is a card', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await logIn(page, 'Enhetschef');
  await open(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await cell(page, 'Totalt', 'Barnkonsekvensanalyser vid avslag').fill('95 %');
  await page.keyboard.press('Tab');
  await expect(words(page)).toHaveText(/^Sparat/);
});
