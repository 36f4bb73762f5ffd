// Answers from a table: seen before they are saved, by keyboard, on a phone and without script; and taken back.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { logIn, press, takenAnswers } from './steps';

const questions = [
  'Hur upplever du bemötandet under detta möte?',
  'Har du lämnats utrymme för delaktighet under detta möte?',
  'Har informationen du fått varit lättförståelig?',
];

/** An open enkät of its own, with the three questions after a call. */
async function opened(page: Page, title: string): Promise<string> {
  await page.goto('/enkater/ny');
  await page.getByLabel('Namn', { exact: true }).fill(title);
  await page.getByLabel('Första dag').fill('2026-01-01');
  await page.getByLabel('Sista dag').fill('2026-12-31');
  await page.locator('input[name="mall"]').check();
  await press(page, 'Fortsätt till frågorna');
  await page.goto(page.url().replace(/\/fragor.*$/, ''));
  await press(page, 'Öppna enkäten');
  return new URL(page.url()).pathname;
}

const table = (rows: string[]) => [['Dag', ...questions, 'Kön'].join('\t'), ...rows].join('\n');
const six = [
  '2026-11-03\tBra\tJa\tJa\tKvinna',
  '2026-11-04\tBra\tNej\tDelvis\tMan',
  '2026-10-06\tDelvis\tJa\t\tK',
  '2026-10-07\tDåligt\tNej\tNej\tM',
  '2026-10-08\tBra\tJa\tJa\tVill inte svara',
  '2026-10-09\tBra\tDelvis\tJa\t',
];

test('a table is pasted, mended, entered and taken back by keyboard, and nothing of it stays', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  const path = await opened(page, 'Samtal som klistras in');
  await page.getByRole('link', { name: 'Klistra in flera svar' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Klistra in flera svar' })).toBeVisible();
  await axe('light', 'dark');
  const field = page.getByLabel('Eller klistra in från Excel');
  await field.fill(table([...six.slice(0, 5), '2026-10-09\tToppen\tDelvis\tJa\t']));
  await press(page, 'Förhandsgranska');
  await expect(page.getByRole('alert')).toContainText('Cell B7 (”Hur upplever du bemötandet under detta möte?”): Svaret är inget av frågans svarsalternativ. Skriv Bra, Delvis eller Dåligt');
  await axe('light', 'dark');
  await expect(page.getByRole('button', { name: /^Lägg in/ })).toHaveCount(0);
  await field.fill(table(six));
  await press(page, 'Förhandsgranska');
  await expect(page.getByRole('heading', { name: '6 svar kan läggas in' })).toBeFocused();
  await expect(page.getByText('Bra 4, Delvis 1, Dåligt 1')).toBeVisible();
  await expect(page.getByText('oktober 2026: 4, november 2026: 2')).toBeVisible();
  await axe('light', 'dark');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Lägg in 6 svar' }).focus();
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await expect(page.getByRole('status').filter({ hasText: '6 svar är inlagda i Samtal som klistras in.' })).toBeVisible();
  await axe('light', 'dark');
  expect(page.url()).toMatch(/\/klistra$/);
  await expect(field).toHaveValue('');
  expect(await takenAnswers(await page.context().newPage(), path)).toBe(6);
  await press(page, 'Ångra');
  await expect(page.getByText('6 svar är borttagna.')).toBeVisible();
  expect(await takenAnswers(page, path)).toBe(0);
});

test('names are refused, an unknown column is chosen, and the same table again is asked about, without script on a phone', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  const path = await opened(page, 'Samtal utan skript');
  await page.goto(`${path}/klistra`);
  const rows = six.map((row, n) => `${row}\tFörnamn Efternamn${'abcdef'[n]}\tNy`);
  const field = page.getByLabel('Eller klistra in från Excel');
  await field.fill(table(rows).replace('Kön', 'Kön\tKlientens namn\tÄrendetyp'));
  await page.getByRole('button', { name: 'Förhandsgranska' }).click();
  await expect(page.getByRole('alert')).toContainText('Kolumn F (”Klientens namn”) ser ut att innehålla namn.');
  await expect(field).not.toHaveValue(/Efternamn/);
  await page.getByRole('button', { name: 'Förhandsgranska' }).click();
  const unknown = page.getByLabel('Kolumn F (”Ärendetyp”)');
  await unknown.selectOption({ label: 'Läses inte in' });
  await page.getByRole('button', { name: 'Läs tabellen igen' }).click();
  await expect(page.getByText('Kolumnen ”Ärendetyp” läses inte in.')).toBeVisible();
  await page.getByRole('button', { name: 'Lägg in 6 svar' }).click();
  await expect(page.getByText('6 svar är inlagda i Samtal utan skript.')).toBeVisible();
  await field.fill(table(six));
  await page.getByRole('button', { name: 'Förhandsgranska' }).click();
  await page.getByRole('button', { name: 'Lägg in 6 svar' }).click();
  await expect(page.getByText('Samma tabell har redan lagts in. Inget är inlagt nu.')).toBeVisible();
  await page.getByLabel('Lägg in den en gång till').check();
  await page.getByRole('button', { name: 'Lägg in 6 svar' }).click();
  await expect(page.getByText('6 svar är inlagda i Samtal utan skript.')).toBeVisible();
  expect(await takenAnswers(page, path)).toBe(12);
  await context.close();
});
