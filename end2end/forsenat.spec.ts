// The first morning: a plan is read in late in the year, and what is late is cleared in a few clicks.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { logIn, press } from './steps';

const late = (page: Page) => page.locator('section[aria-labelledby=forsenat] .section-head .count');

/** Reads in controls that the chef carries out. Leaves the page at the preview. */
async function preview(page: Page, rows: string[]) {
  await page.goto('/egenkontroll/importera');
  const table = ['Kontrollmål\tHur ofta\tMånader\tUtförs av', ...rows].join('\n');
  await page.getByLabel('Eller klistra in från Excel').fill(table);
  await press(page, 'Förhandsgranska');
}

test('a plan that is read in in November is counted from today unless the chef chooses a month', async ({ page, axe }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await logIn(page, 'Enhetschef');
  await page.goto('/?visa=enheten');
  const before = Number((await late(page).textContent()) ?? '0');
  await preview(page, ['Från i dag\tvarje månad\t\tEnhetschef']);
  const today = page.getByLabel('I dag, 23 november: inget blir försenat');
  await expect(today).toBeChecked();
  await expect(page.getByText('Planen räknas från i dag, 23 november: 10 tillfällen som redan har passerat tas inte med.')).toBeVisible();
  await expect(page.getByLabel('Oktober: 1 tillfälle blir försenat direkt')).not.toBeChecked();
  await expect(page.getByLabel('Januari, hela året: 10 tillfällen blir försenade direkt')).not.toBeChecked();
  await axe();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await press(page, 'Läs in 1 rad');
  await page.goto('/?visa=enheten');
  await expect(late(page)).toHaveText(String(before));
});

test('69 late tillfällen are cleared in at most five clicks, and taken back in one', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  const names = ['Beslut', 'Journal', 'Samtycke', 'Utredning', 'Plan', 'Uppföljning'];
  await preview(page, [
    ...names.map((name) => `${name} i tid\tvarje månad\t\tEnhetschef`),
    'Barnets bästa\tvalda månader\t1,2,3,4,5,6,7,8,9\tEnhetschef',
  ]);
  await page.getByLabel('Januari, hela året: 69 tillfällen blir försenade direkt').check();
  await press(page, 'Läs in 7 rader');

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await expect(page.locator('.late-group', { hasText: 'Barnets bästa' }).locator('.late-box').first()).toHaveText('jan');
  await expect(page.locator('.late-group', { hasText: 'Barnets bästa' }).locator('.late-box')).toHaveCount(9);
  const count = Number(await late(page).textContent());
  expect(count).toBeGreaterThanOrEqual(69);
  await axe();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);

  let clicks = 0;
  const click = async (role: 'link' | 'button', name: string | RegExp) => {
    clicks += 1;
    await page.locator('section[aria-labelledby=forsenat]').getByRole(role, { name }).first().click();
  };
  const all = Number(((await page.getByRole('link', { name: /^Markera alla \d+$/ }).first().textContent()) ?? '').match(/\d+/)?.[0]);
  expect(all).toBeGreaterThanOrEqual(69);
  await click('link', /^Markera alla \d+$/);
  await expect(page).toHaveURL(/\?markera=alla#forsenat$/);
  await expect(page.locator('.late-box input:checked')).toHaveCount(all);
  await axe();
  await click('button', 'Markera som utförda');
  await expect(page.getByRole('status').filter({ hasText: /tillfällen är utförda/ })).toBeVisible();
  // what takes more than a mark is named; the sixty-nine are gone
  await expect(page.locator('.late-group', { hasText: 'i tid' })).toHaveCount(0);
  await expect(page.locator('.late-group', { hasText: 'Barnets bästa' })).toHaveCount(0);
  expect(clicks).toBeLessThanOrEqual(5);
  await axe();

  await press(page, 'Ångra');
  await expect(page.getByRole('status').filter({ hasText: /tillfällen är åter att göra/ })).toBeVisible();
  await expect(late(page)).toHaveText(String(count));
});

test('some of them are given up with one reason, without JavaScript', async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await preview(page, ['Samordnad plan\tvalda månader\t1,2,3,4,5,6,7,8,9\tEnhetschef']);
  await page.getByLabel('Januari, hela året: 9 tillfällen blir försenade direkt').check();
  await press(page, 'Läs in 1 rad');
  await page.goto('/');
  const control = page.locator('section[aria-labelledby=forsenat] .late-group', { hasText: 'Samordnad plan' });
  await control.getByRole('link', { name: /^Alla 9 av Samordnad plan, markera$/ }).click();
  await expect(page.locator('.late-box input:checked')).toHaveCount(9);
  await control.getByRole('checkbox', { name: /september/ }).uncheck();
  const list = page.locator('section[aria-labelledby=forsenat]');
  await list.getByText('Ska inte utföras', { exact: true }).click();
  await list.getByRole('button', { name: 'Markera som ej utförda' }).click();
  // the reason is asked for, and what was marked is still marked
  await expect(page.getByRole('alert').filter({ hasText: 'Skriv varför.' })).toBeVisible();
  await expect(page.locator('.late-box input:checked')).toHaveCount(8);
  await list.getByLabel(/Varför utförs de inte/).fill('Kontrollen infördes i november');
  await list.getByRole('button', { name: 'Markera som ej utförda' }).click();
  await expect(page.getByText('8 tillfällen är markerade som ej utförda. Det ångras ett i taget, på tillfällets sida')).toBeVisible();
  await expect(page.locator('.row', { hasText: 'Samordnad plan' })).toHaveCount(1);
  await context.close();
});
