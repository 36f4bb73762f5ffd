// What an outcome is fed by: the table of the plan shows the figure of a series and where it came from, asks why before it is typed over, and
// says afterwards that it was; the source's figure can be used again.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

const namn = 'Hushåll med ekonomiskt bistånd, i medeltal';
const words = (page: Page) => page.locator('.utfall-sparat [role=status]');
const total = (page: Page) => page.getByLabel(`Totalt, ${namn}`, { exact: true });

/** Opens the table of the second tertial, which is not closed. */
async function open(page: Page) {
  await page.goto('/verksamhetsplan');
  await page.getByRole('link', { name: 'Utfall', exact: true }).click();
  await page.getByRole('link', { name: 'Tertial 2', exact: true }).click();
  await expect(page).toHaveURL(/period=\d{4}-T2/);
  await awake(page);
}

test('a figure of a series says where it is from, is typed over with why, and is used again', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await open(page);
  const row = page.locator('tr', { hasText: namn });
  await expect(row).toContainText('Hämtas från serien Hushåll med ekonomiskt bistånd');
  await expect(total(page)).not.toHaveValue('');
  await axe('light', 'dark');
  // nothing is typed over in silence
  await total(page).fill('351');
  await page.keyboard.press('Tab');
  await expect(row.locator('.field-error')).toContainText('Siffran hämtas från en källa. Skriv varför den inte gäller.');
  await axe();
  await page.getByLabel('Varför ändras det?').fill('Två hushåll räknades dubbelt');
  await page.keyboard.press('Tab');
  await expect(words(page)).toHaveText(/^Sparat \d\d\.\d\d$/);
  await expect(row.locator('.field-error')).toHaveCount(0);
  await page.reload();
  await expect(total(page)).toHaveValue(/^351/);
  await expect(row).toContainText('Inskrivet för hand. Serien Hushåll med ekonomiskt bistånd har');
  await row.getByRole('link', { name: namn, exact: true }).click();
  await awake(page);
  await expect(page.locator('main')).toContainText('Skrivet över det som hämtas från');
  await expect(page.locator('main')).toContainText('Två hushåll räknades dubbelt');
  await axe('light', 'dark');
  await press(page, 'Använd källans siffra igen');
  await open(page);
  await expect(row).toContainText('Hämtas från serien Hushåll med ekonomiskt bistånd');
  await expect(total(page)).not.toHaveValue(/^351/);
});
