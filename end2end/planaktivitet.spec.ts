// Aktiviteter of a plan: one that goes on over years is made, stands on the wheel of each of them, is followed once, and is late only after
// its last day.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

test('what goes on over years is one thing on the wheel of each of them', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/verksamhetsplan');
  await page.getByRole('link', { name: 'Aktiviteter', exact: true }).click();
  await expect(page.locator('.planaktivitet-table')).toContainText('Följa enhetens MI-plan');
  await axe('light', 'dark');
  await page.getByRole('link', { name: 'Ny aktivitet', exact: true }).click();
  await awake(page);
  await axe();
  await page.getByLabel('Vad ska göras?').fill('Samverkan med jobbtorget om unga');
  await page.getByLabel('Startdatum').fill('2025-03-01');
  await page.getByLabel('Slutdatum').fill('2028-06-30');
  await page.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  await press(page, 'Lägg till aktiviteten');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Samverkan med jobbtorget om unga');
  await expect(page.locator('main')).toContainText('2025–2028');
  await axe();
  const thing = new URL(page.url()).pathname;
  for (const year of [2025, 2026, 2027, 2028]) {
    await page.goto(`/arshjul?vy=lista&ar=${year}`);
    await expect(page.locator('main')).toContainText('Samverkan med jobbtorget om unga');
  }
  await page.goto('/arshjul?vy=lista&ar=2029');
  await expect(page.locator('main')).not.toContainText('Samverkan med jobbtorget om unga');
  await page.goto(thing);
  await awake(page);
  await page.locator('summary', { hasText: 'Följ upp' }).click();
  await page.getByLabel('Läge').selectOption({ label: 'Pågår' });
  await page.getByLabel('Avvikelse').fill('Började senare än tänkt');
  await axe();
  await press(page, 'Spara');
  await expect(page.locator('main')).toContainText('Började senare än tänkt');
  await page.goto('/planaktiviteter');
  await expect(page.locator('tr', { hasText: 'Samverkan med jobbtorget om unga' })).toContainText('Pågår');
});

test('who carries one out says how far it has come, and who does not reads it', async ({ page }) => {
  await logIn(page, 'Handläggare');
  await page.goto('/planaktiviteter');
  await page.getByRole('link', { name: 'Följa enhetens MI-plan' }).click();
  await expect(page.locator('summary', { hasText: 'Följ upp' })).toHaveCount(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/planaktiviteter');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
