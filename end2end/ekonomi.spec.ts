// Ekonomi: the account of a plan is looked at, filled from the keyboard and its rows changed; on a laptop and on a phone.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';
import type { Page } from '@playwright/test';

/** The account of the plan in view. */
async function ekonomi(page: Page) {
  await page.goto('/verksamhetsplan');
  await page.getByRole('link', { name: 'Ekonomi', exact: true }).click();
  await expect(page).toHaveURL(/\/ekonomi$/);
}

test('the account says how it stands, and each deviation in words whether it is better', async ({ page, axe }) => {
  await logIn(page, 'Handläggare');
  await ekonomi(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('än budget');
  await expect(page.locator('main')).toContainText('mer i intäkter än budgeterat (bättre)');
  await expect(page.locator('main')).toContainText('Summa netto');
  await expect(page.getByRole('link', { name: 'Fyll i belopp' })).toHaveCount(0);
  await axe();
  await page.getByRole('link', { name: 'Tertial 1' }).click();
  await expect(page).toHaveURL(/tid=t1/);
  await page.getByRole('link', { name: 'Månader', exact: true }).click();
  await expect(page.locator('main')).toContainText('Januari');
  await axe();
  await page.getByRole('link', { name: 'Prognoser', exact: true }).click();
  await expect(page.locator('svg.chart-serie')).toBeVisible();
  await axe();
  await page.getByRole('link', { name: 'Per verksamhet', exact: true }).click();
  await expect(page.locator('main')).toContainText('Budget totalt');
  await axe();
});

test('amounts are filled from the keyboard, a word becomes a note, and rows are changed', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await ekonomi(page);
  await page.getByRole('link', { name: 'Fyll i belopp' }).click();
  await awake(page);
  await axe();
  const cell = page.getByLabel(/^Personal, Relationsvåldsteamet, Prognos helår/);
  await cell.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('521');
  const saved = page.waitForURL(/\/ekonomi$/);
  await page.keyboard.press('Enter');
  await saved;
  await expect(page.locator('main')).toContainText('521');

  await page.getByRole('link', { name: 'Ändra rader' }).click();
  await awake(page);
  await axe();
  await page.getByText('Lägg till en rad i Relationsvåldsteamet').click();
  const form = page.locator('form[action$="create_kontorad"]:visible');
  await form.getByLabel('Radens namn').fill('Statsbidrag mot hemlöshet');
  await form.getByLabel('Projekt med egna medel').check();
  await press(page, 'Lägg till');
  await expect(page.getByText('Statsbidrag mot hemlöshet (projekt)')).toBeVisible();
  await axe();
});

test('a table of years is typed anew and its differences are reckoned', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await ekonomi(page);
  const tables = page.locator('#tabeller');
  await expect(tables).toContainText('−10,9');
  await tables.getByRole('link', { name: /^Ändra Tilldelad budget/ }).click();
  await awake(page);
  await axe();
  await page.getByLabel('Tabellen, med rubrikrad').fill('År;Budget;Utfall;Differens\n2021;41;37;');
  await press(page, 'Spara tabellen');
  await expect(page.locator('#tabeller')).toContainText('+4,0');
});

test('on a phone nothing but the table scrolls sideways', async ({ page, axe }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await logIn(page, 'Enhetschef');
  await ekonomi(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
  const rows = await page.locator('nav.segmented').evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
  expect(Math.max(...rows), 'years, months and pages wrap').toBeLessThanOrEqual(0);
  await axe();
});
