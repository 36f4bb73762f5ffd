// Inloggning: what stays on a shared computer, what locks, and what a logout leaves in other tabs and in the caches.
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn } from './steps';

async function report(page: Page, what: string): Promise<string> {
  await page.goto('/avvikelser/ny');
  await awake(page);
  await page.getByLabel('Vad hände?').fill(what);
  await page.getByLabel(/^Vad blev det för konsekvens/).fill('Ingen.');
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('heading', { name: /^Din rapport R-/ })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Everything that the service worker keeps: path and text. */
const caches = (page: Page) =>
  page.evaluate(async () => {
    const out: { path: string; text: string }[] = [];
    for (const name of await window.caches.keys()) {
      const cache = await window.caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        out.push({ path: new URL(request.url).pathname, text: (await answer?.text()) ?? '' });
      }
    }
    return out;
  });

/** The drafts of the device as they lie there. */
const drafts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ konto: string; sealed: string; id: string }[]>((resolve, reject) => {
        const open = indexedDB.open('kvalitetshjulet-utkast', 1);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const all = open.result.transaction('utkast').objectStore('utkast').getAll();
          all.onsuccess = () => {
            open.result.close();
            resolve(all.result.map((text: string) => JSON.parse(text)));
          };
        };
      }),
  );

/** Logs out; who has a draft on the device is asked about it, and keeps it. */
async function logOut(page: Page, { withDraft }: { withDraft: boolean }) {
  await awake(page);
  await page.getByRole('button', { name: 'Logga ut' }).click();
  if (withDraft) await page.getByRole('button', { name: 'Behåll på enheten och logga ut' }).click();
  await expect(page).toHaveURL(/logga-in/);
}

test('a logout takes a case off the screen of another tab at once', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  const path = await report(page, 'Hemlighet i en annan flik');
  const other = await context.newPage();
  await other.goto(path);
  await awake(other);
  await expect(other.getByText('Hemlighet i en annan flik')).toBeVisible();
  // the page of a sent report lets go of what the device kept of it, so that a logout asks about nothing
  await expect.poll(() => drafts(page)).toEqual([]);
  await page.goto('/');
  await logOut(page, { withDraft: false });
  await expect(other.getByRole('heading', { name: 'Du är utloggad' })).toBeVisible();
  expect(await other.content()).not.toContain('Hemlighet i en annan flik');
  await page.goBack();
  await expect(page.getByText('Hemlighet i en annan flik')).toHaveCount(0);
  await context.close();
});

test('another person who logs in empties what the first one left open', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await page.getByLabel('Vad hände?').fill('Halvskriven hemlighet');
  await expect(page.locator('.draft-said')).toContainText('sparas på den här enheten');
  // the session is gone, with no logout: the next person sits down
  await context.clearCookies();
  const next = await context.newPage();
  await logIn(next, 'Metodutvecklare');
  await awake(next);
  await expect(page.getByRole('heading', { name: 'Någon annan har loggat in' })).toBeVisible();
  expect(await page.content()).not.toContain('Halvskriven hemlighet');
  await next.goto('/avvikelser/ny');
  await awake(next);
  await expect(next.getByLabel('Vad hände?')).toHaveValue('');
  await context.close();
});

test('after a logout nothing on the device opens a draft, and its writer gets it back', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await page.getByLabel('Vad hände?').fill('Hemligt utkast om nycklar');
  await expect(page.locator('.draft-said')).toContainText('sparas på den här enheten');
  await expect.poll(() => drafts(page).then((all) => all.length)).toBe(1);
  expect(await page.content()).not.toMatch(/nyckel="|"nyckel"/);
  // files are kept, and nothing else
  await expect.poll(() => caches(page).then((all) => all.length)).toBeGreaterThan(0);
  for (const { path } of await caches(page)) expect(path).toMatch(/^\/(pkg|fonts)\/|^\/favicon\./);
  const first = (await drafts(page))[0].konto;
  await page.goto('/');
  await logOut(page, { withDraft: true });

  const left = await caches(page);
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  for (const { path } of left) expect(path).toMatch(/^\/(pkg|fonts)\/|^\/favicon\./);
  expect(stored).not.toContain('nycklar');
  // the attack: every 64 hexadecimal digits that lie anywhere are tried as the key
  const texts = [stored, ...left.filter(({ path }) => !path.endsWith('.wasm')).map(({ text }) => text), await page.content()];
  const keys = new Set(texts.flatMap((text) => text.match(/\b[0-9a-f]{64}\b/g) ?? []));
  expect([...keys]).toEqual([]);
  expect(JSON.stringify(await drafts(page))).not.toContain('nycklar');

  await logIn(page, 'Metodutvecklare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await expect(page.getByLabel('Vad hände?')).toHaveValue('');
  const told = await page.evaluate(
    (name) =>
      fetch('/api/get_utkastkonto', {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: `kanda=${name}`,
      }).then((answer) => answer.json()),
    first,
  );
  expect(told.tidigare, 'the key is given to its person alone').toEqual([]);
  await logOut(page, { withDraft: false });

  await logIn(page, 'Handläggare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await expect(page.getByLabel('Vad hände?')).toHaveValue('Hemligt utkast om nycklar');
  // sealed anew with the key of now
  await expect.poll(() => drafts(page).then((all) => all.every((draft) => draft.konto !== first))).toBe(true);
  await context.close();
});

/** Nobody touches anything for half an hour: the tabs lock, and the server has been told. */
async function halfAnHour(context: BrowserContext, pages: Page[]) {
  const told = context.waitForEvent('response', (answer) => new URL(answer.url()).pathname === '/las' && answer.request().method() === 'POST');
  for (const page of pages) await page.clock.fastForward('31:00');
  await told;
}

test('cases lock in every tab after half an hour, and come back with what was typed', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await page.clock.install();
  await logIn(page, 'Enhetschef');
  const open = await page.goto('/avvikelser?lage=bedomd');
  expect(open?.status()).toBe(200);
  const path = (await page.locator('.table th a').first().getAttribute('href')) ?? '';
  const other = await context.newPage();
  await other.clock.install();
  await other.goto(path);
  await awake(other);
  await page.goto('/avvikelser/ny');
  await awake(page);
  await page.getByLabel('Vad hände?').fill('Skrivet före rasten');
  const heading = (await other.getByRole('heading', { level: 1 }).textContent()) ?? '';
  await halfAnHour(context, [page, other]);
  for (const tab of [page, other]) await expect(tab.getByRole('heading', { name: 'Ärendena är låsta' })).toBeVisible();
  expect(await other.content(), 'it is not in the document').not.toContain(heading);
  // another tab does not help: the server asks for the password too
  const third = await context.newPage();
  await third.goto('/');
  await third.goto(path);
  await expect(third.getByRole('heading', { name: 'Ärendena är låsta', level: 1 })).toBeVisible();
  await expect(third.getByText(heading)).toHaveCount(0);

  await page.getByLabel('Lösenord').fill('fel-losenord');
  await page.getByRole('button', { name: 'Lås upp' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'stämmer inte' })).toBeVisible();
  await page.getByLabel('Lösenord').fill('demo-kvalitet');
  await page.getByRole('button', { name: 'Lås upp' }).click();
  await expect(page.getByLabel('Vad hände?')).toHaveValue('Skrivet före rasten');
  await expect(other.getByRole('heading', { name: heading })).toBeVisible();
  await expect(third.getByRole('heading', { name: heading })).toBeVisible();
  await context.close();
});

test('a person sees where they are logged in and ends the others', async ({ page, browser, server, axe }) => {
  const away = await browser.newContext({ baseURL: server });
  const other = await away.newPage();
  await logIn(other, 'Verksamhetscontroller');
  await logIn(page, 'Verksamhetscontroller');
  await page.goto('/konto');
  await expect(page.locator('tr', { hasText: '(den här)' })).toContainText('i dag');
  await axe();
  await page.getByRole('button', { name: 'Avsluta alla andra' }).click();
  await expect(page.locator('.toast')).toContainText('Alla andra inloggningar är avslutade');
  await other.goto('/');
  await expect(other).toHaveURL(/logga-in/);
  await away.close();
});

test('a form whose login has ended stays on its page, and is saved from there after a login in another tab', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await page.goto('/atgarder/ny');
  await awake(page);
  await page.getByLabel('Vad ska göras?').fill('Skrivet när inloggningen tog slut');
  await page.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  await page.getByLabel('Klar senast').fill('2026-12-01');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
  const note = page.locator('.offline-note');
  await expect(note).toContainText('Du är utloggad, så det här är inte sparat');
  await expect(page.getByLabel('Vad ska göras?')).toHaveValue('Skrivet när inloggningen tog slut');
  const [tab] = await Promise.all([context.waitForEvent('page'), note.getByRole('link', { name: 'Logga in i en ny flik' }).click()]);
  await tab.getByRole('button', { name: 'Enhetschef', exact: true }).click();
  await expect(tab).not.toHaveURL(/logga-in/);
  await page.bringToFront();
  await page.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await expect(page.locator('.toast')).toContainText('Skrivet när inloggningen tog slut');
  await context.close();
});
