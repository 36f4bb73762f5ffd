// The table in which cases are judged, as the specs use it.
import type { Page } from '@playwright/test';
import { expect } from './fixture';
import { awake, press } from './steps';

export const words = (page: Page) => page.locator('.judge-words');
export const group = (page: Page, nr: number, k: number | string) => page.locator(`[data-cell="a${nr}.${k}"]`);
export const focusCell = (page: Page, nr: number, k: number | string) => group(page, nr, k).locator('input').first().focus();

/** Adds a control for this month and begins a stickprov of it. Leaves the page at the table. */
export async function begin(page: Page, kontrollmal: string, criteria: string, n: number, cases: number, goal = '80') {
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill(kontrollmal);
  await page.getByLabel('Hur ofta').selectOption('valda_manader');
  await page.getByLabel('november', { exact: true }).check();
  await page.getByLabel('Utförs av').selectOption({ label: 'Metodutvecklare' });
  await page.getByLabel('Målvärde i procent').fill(goal);
  await press(page, 'Lägg till i planen');
  await page.locator('.row-title').first().click();
  await page.getByRole('link', { name: 'Genomför kontrollen' }).click();
  await page.getByLabel('Kriterier', { exact: true }).fill(criteria);
  await page.getByLabel('Antal ärenden som dras').fill(String(n));
  const list = Array.from({ length: cases }, (_, i) => `EB-${100 + i}\t${i % 2 ? 'M' : 'K'}`).join('\n');
  await page.getByLabel('Lista med ärendenummer').fill(list);
  await page.getByRole('button', { name: 'Dra urvalet och börja' }).click();
  await expect(page.getByRole('status').filter({ hasText: `${n} av ${cases} ärenden är dragna` })).toBeVisible();
  await expect(page.locator('.judge-row[data-nr]')).toHaveCount(n);
  await awake(page);
  return new URL(page.url()).pathname;
}
