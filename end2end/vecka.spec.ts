// What is done in weeks says which, wherever it stands, and goes on over New Year.
import { expect, test } from './fixture';
import { logIn, press } from './steps';

test('a control every second week says its week in each row and button, and the copied plan goes on in week 2', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill('Läkemedelsskåp');
  await page.getByLabel('Hur ofta').selectOption('varannan_vecka');
  await page.getByLabel('Utförs av').selectOption({ label: 'Metodutvecklare' });
  await page.getByLabel('Räkna från').selectOption({ label: 'Januari, hela året' });
  await press(page, 'Lägg till i planen');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Läkemedelsskåp');
  const rows = page.locator('.rows .row:not(.late-group)');
  await expect(rows).toHaveCount(27);
  for (const meta of await rows.locator('.row-meta').allTextContents()) expect(meta).toMatch(/v\. \d+, \d/);
  await expect(rows.first()).toContainText('v. 1, 29 december–4 januari');
  await expect(rows.last()).toContainText('v. 53, 28 december–3 januari');
  // what has not begun asks first
  const ahead = rows.filter({ hasText: 'v. 49, 30 november–6 december' });
  await ahead.locator('summary', { hasText: 'Utförd i förväg' }).click();
  await expect(ahead.getByText('Det är inte v. 49, 30 november–6 december än. Är detta redan gjort?')).toBeVisible();
  await axe();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await page.locator('summary', { hasText: 'Visa var för sig' }).click();
  await page.getByRole('button', { name: 'Utförd: Läkemedelsskåp, v. 47, 16–22 november' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Läkemedelsskåp, v. 47, 16–22 november är utförd' })).toBeVisible();
  await ahead.locator('summary', { hasText: 'Utförd i förväg' }).click();
  await ahead.getByRole('button', { name: 'Ja, utförd: Läkemedelsskåp, v. 49, 30 november–6 december' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'v. 49, 30 november–6 december är utförd i förväg' })).toBeVisible();

  await page.setViewportSize({ width: 1366, height: 900 });
  await page.goto('/egenkontroll');
  await press(page, 'Kopiera till 2027');
  await page.goto('/egenkontroll?ar=2027');
  await page.getByRole('link', { name: 'Läkemedelsskåp', exact: true }).click();
  await expect(rows).toHaveCount(26);
  await expect(rows.first()).toContainText('v. 2, 11–17 januari');
  await expect(rows.last()).toContainText('v. 52, 27 december 2027–2 januari 2028');
});

test('a weekly control is moved to another week', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill('Nyckelskåp');
  await page.getByLabel('Hur ofta').selectOption('varje_vecka');
  await page.getByLabel('Utförs av').selectOption({ label: 'Metodutvecklare' });
  await press(page, 'Lägg till i planen');
  await page.locator('.rows .row', { hasText: 'v. 50, 7–13 december' }).locator('.row-title').click();
  await page.locator('summary', { hasText: /^Flytta$/ }).click();
  await page.getByLabel('Till vecka').selectOption({ label: 'v. 51, 14–20 december' });
  await page.getByLabel('Varför flyttas den?').fill('Utbildning hela veckan');
  await page.getByRole('button', { name: 'Flytta' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'är flyttad till v. 51, 14–20 december' })).toBeVisible();
  await expect(page.getByText('flyttad från v. 50, 7–13 december')).toBeVisible();
  await axe();
});
