// An answer whose day the enkät no longer takes is refused, and gets another where that is said.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn, press, takenAnswers } from './steps';

async function openEnkat(page: Page): Promise<string> {
  await page.goto('/enkater');
  const open = page.locator('section', { has: page.getByRole('heading', { name: 'Öppna' }) });
  return (await open.getByRole('link', { name: /^Samtal per telefon/ }).first().getAttribute('href')) ?? '';
}

/** Answers the three questions by keyboard, and saves. */
async function answer(page: Page) {
  for (const key of ['1', '2', '1']) await page.locator('body').press(key);
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.locator('.entry-said')).toContainText('Sparat');
}

test('a refused answer is given another day, which stays while other answers are kept and refused beside it', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  const path = await openEnkat(page);
  await page.goto(`${path}/svara`);
  await awake(page);
  await page.route('**/api/create_enkatsvar', (route) => route.abort());
  await answer(page);
  await expect(page.locator('.outbox')).toContainText('1 väntar på nät');

  // meanwhile the enkät is ended in October
  const other = await browser.newContext({ baseURL: server });
  const chef = await other.newPage();
  await logIn(chef, 'Enhetschef');
  await chef.goto(`${path}/redigera`);
  await chef.getByLabel('Sista dag').fill('2026-10-31');
  await press(chef, 'Spara');
  const before = await takenAnswers(chef, path);

  await page.unroute('**/api/create_enkatsvar');
  await page.getByRole('button', { name: 'Skicka nu' }).click();
  const refused = page.locator('.outbox details');
  await expect(refused.locator('summary')).toHaveText('Ett svar kunde inte tas emot');
  await refused.locator('summary').click();
  const one = refused.locator('li').first();
  await expect(one).toContainText(/Samtal per telefon 2026 \(.*november 2026\)/i);
  await expect(one).toContainText('Enkäten pågår 2026-01-01 till 2026-10-31. Ändra datumet och skicka igen.');
  const day = one.getByLabel('Ny dag för svaret');
  const again = one.getByRole('button', { name: 'Skicka igen' });
  await expect(again, 'without another day it would be refused again').toBeDisabled();

  // a day that is still outside is refused again, and the answer is there all the same
  await day.fill('2026-11-20');
  await again.click();
  await expect(day, 'told of anew').toHaveValue('');
  await expect(one).toContainText('Ändra datumet och skicka igen.');

  // what is chosen stays while the outbox looks for what else waits
  await day.fill('2026-10-20');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await page.evaluate(() => window.dispatchEvent(new Event('kvalitet-utkorg')));
  await expect(day).toHaveValue('2026-10-20');
  await expect(again).toBeEnabled();
  await again.click();
  await expect(page.locator('.outbox')).toBeHidden();
  expect(await takenAnswers(chef, path)).toBe(before + 1);
  await other.close();
  await context.close();
});
