// Brukarenkäter: an answer after every call, by touch and by keyboard, with and without network; none lost, none doubled.
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn, press, takenAnswers } from './steps';

/** The open enkät of the demo. */
async function enkat(page: Page): Promise<string> {
  await page.goto('/enkater');
  const link = page.locator('section', { has: page.getByRole('heading', { name: 'Öppna' }) }).getByRole('link', { name: /^Samtal per telefon/ });
  return (await link.first().getAttribute('href')) ?? '';
}

async function openEntry(page: Page) {
  const path = await enkat(page);
  await page.goto(`${path}/svara`);
  await awake(page);
  return path;
}

/** What lies on the device, as the page keeps it. */
function kept(page: Page): Promise<{ svar: { id: string; period: string }; konto: string; stage: unknown }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('kvalitetshjulet', 1);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const all = open.result.transaction('svar').objectStore('svar').getAll();
          all.onsuccess = () => {
            open.result.close();
            resolve(all.result.map((text: string) => JSON.parse(text)));
          };
        };
      }),
  );
}

const nothingKept = (page: Page) => expect.poll(() => kept(page).then((all) => all.length), { timeout: 30_000 }).toBe(0);

// as the button does; it is gone when the page has sent by itself meanwhile
const sendNow = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')));

async function byTouch(page: Page) {
  const choices = page.locator('.entry-form .choices');
  await choices.nth(0).getByRole('radio', { name: 'Bra' }).tap();
  await choices.nth(1).getByRole('radio', { name: 'Ja' }).tap();
  await choices.nth(2).getByRole('radio', { name: 'Delvis' }).tap();
  await choices.nth(3).getByRole('radio', { name: 'Kvinna' }).tap();
  await page.getByRole('button', { name: 'Spara svar' }).tap();
  await expect(page.locator('.entry-said')).toContainText('Sparat');
  await expect(page.locator('.entry-form input:checked')).toHaveCount(0);
}

async function byKeyboard(page: Page) {
  for (const key of ['1', '2', '1', '2', 'Enter']) await page.keyboard.press(key);
  await expect(page.locator('.entry-said')).toContainText('Sparat');
  await expect(page.locator('.entry-form input:checked')).toHaveCount(0);
}

async function phone(browser: import('@playwright/test').Browser, server: string): Promise<BrowserContext> {
  return browser.newContext({ baseURL: server, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
}

test('ten answers by touch and ten by keyboard, three of them without network, are all on the server once', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await phone(browser, server);
  const page = await context.newPage();
  await logIn(page, 'Metodutvecklare');
  const path = await enkat(page);
  const before = await takenAnswers(page, path);
  await openEntry(page);
  for (let n = 0; n < 10; n++) {
    if (n === 4) {
      // one that is still under way when the network goes would wait too
      await nothingKept(page);
      await context.setOffline(true);
    }
    if (n === 7) {
      await expect(page.locator('.outbox')).toContainText('3 väntar på nät');
      await context.setOffline(false);
    }
    await byTouch(page);
  }
  for (let n = 0; n < 10; n++) await byKeyboard(page);
  await nothingKept(page);
  await expect(page.locator('.outbox')).toBeHidden();
  await expect(page.locator('.entry-progress')).toContainText('20 av 4 i november');
  expect(await takenAnswers(page, path)).toBe(before + 20);
  await context.close();
});

test('a double click is one answer, and so is a reply that was lost on the way', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  const path = await enkat(page);
  const before = await takenAnswers(page, path);
  await openEntry(page);
  for (const key of ['1', '1', '1']) await page.keyboard.press(key);
  await page.getByRole('button', { name: 'Spara svar' }).dblclick();
  await expect(page.locator('.entry-said')).toContainText('Sparat');
  await nothingKept(page);
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.locator('.field-error:visible'), 'the second half of a slow double click is no fault').toHaveCount(0);
  await expect(page.locator('.entry-said')).toContainText('Sparat');

  // the server takes the next one, but its reply never comes
  let lost = 0;
  await page.route('**/api/create_enkatsvar', async (route) => {
    lost += 1;
    if (lost > 2) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await byKeyboard(page);
  await expect.poll(() => kept(page).then((all) => all.length)).toBe(1);
  await page.getByRole('button', { name: 'Skicka nu' }).click();
  await expect.poll(() => lost).toBeGreaterThanOrEqual(2);
  await sendNow(page);
  await nothingKept(page);
  expect(await takenAnswers(page, path)).toBe(before + 2);
  await context.close();
});

test('the page opens without network once it has been visited, and what was entered is sent after the browser was closed', async ({ browser, server }) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Biträdande enhetschef');
  const path = await openEntry(page);
  await page.waitForFunction(async () => (await caches.match(location.pathname)) !== undefined);
  await page.waitForFunction(async () => (await (await caches.open('kvalitet-filer')).keys()).length >= 4);
  await page.close();
  await context.setOffline(true);
  const again = await context.newPage();
  await again.goto(`${path}/svara`);
  await awake(again);
  // what was kept says so: its day is reckoned, and not taken for today's
  await expect(again.locator('html')).toHaveAttribute('data-kept', '');
  await byKeyboard(again);
  await expect(again.locator('.outbox')).toContainText('1 väntar på nät');
  await again.close();

  const third = await context.newPage();
  await third.goto(`${path}/svara`);
  await awake(third);
  await expect(third.locator('.outbox')).toContainText('1 väntar på nät');
  await context.setOffline(false);
  await nothingKept(third);
  await context.close();
});

test('a page that is not kept says so without network, and leads to the enkäter that are', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await openEntry(page);
  await page.waitForFunction(async () => (await caches.match(location.pathname)) !== undefined);
  await context.setOffline(true);
  await page.goto('/arshjul');
  await expect(page.getByRole('heading', { name: 'Servern nås inte just nu' })).toBeVisible();
  await page.getByRole('link', { name: /^Samtal per telefon/ }).click();
  await expect(page.getByRole('button', { name: 'Spara svar' })).toBeVisible();
  await context.close();
});

test('two tabs that send at once send nothing twice', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Metodutvecklare');
  const path = await enkat(page);
  const before = await takenAnswers(page, path);
  await openEntry(page);
  const other = await context.newPage();
  await other.goto(`${path}/svara`);
  await awake(other);
  await context.setOffline(true);
  for (let n = 0; n < 3; n++) await byKeyboard(page);
  for (let n = 0; n < 2; n++) await byKeyboard(other);
  await context.setOffline(false);
  await Promise.all([page, other].map((p) => p.evaluate(() => window.dispatchEvent(new Event('online')))));
  await nothingKept(page);
  expect(await takenAnswers(page, path)).toBe(before + 5);
  await context.close();
});

test('the last answer can be taken back, and stands in the form again', async ({ page }) => {
  await logIn(page, 'Metodutvecklare');
  const path = await enkat(page);
  const before = await takenAnswers(page, path);
  await openEntry(page);
  for (const key of ['2', '3', '1', 'Enter']) await page.keyboard.press(key);
  await expect(page.locator('.entry-said')).toContainText('Sparat');
  await nothingKept(page);
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.locator('.entry-said')).toContainText('borttaget');
  await expect(page.locator('.entry-form input:checked')).toHaveCount(3);
  expect(await takenAnswers(page, path)).toBe(before);
});

test('a personnummer in a comment is told of before it is saved, and a question that must be answered is asked for', async ({ page, axe }) => {
  await logIn(page, 'Handläggare');
  await openEntry(page);
  await page.keyboard.press('1');
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.locator('.entry-question.invalid')).toHaveCount(2);
  await expect(page.locator('.entry-said')).toContainText('Välj ett svar');
  await page.keyboard.press('1');
  await page.keyboard.press('1');
  await page.getByLabel('Övrig kommentar').fill('Ring 060606-1234 i morgon');
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.locator('.field-error')).toContainText('personnummer');
  await expect(page.getByLabel('Övrig kommentar')).toHaveValue('Ring 060606-1234 i morgon');
  expect(await kept(page)).toEqual([]);
  await axe();
});

test('unsent answers are asked about at logout, kept for their owner and hidden from the next person', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await openEntry(page);
  await page.route('**/api/create_enkatsvar', (route) => route.abort());
  await byKeyboard(page);
  await expect(page.locator('.outbox')).toContainText('1 väntar på nät');
  const id = (await kept(page))[0].svar.id;
  const text = JSON.stringify(await kept(page));
  expect(text).not.toContain('Handläggare');
  await page.getByRole('button', { name: 'Logga ut' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Ett svar är inte skickat');
  await question.getByRole('button', { name: 'Behåll på enheten och logga ut' }).click();
  await expect(page).toHaveURL(/logga-in/);

  await page.unroute('**/api/create_enkatsvar');
  await logIn(page, 'Metodutvecklare');
  const path = await openEntry(page);
  await expect(page.locator('.outbox')).toBeHidden();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await byKeyboard(page);
  await expect.poll(() => kept(page).then((all) => all.map((p) => p.svar.id))).toEqual([id]);
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page).toHaveURL(/logga-in/);

  await logIn(page, 'Handläggare');
  await page.goto(`${path}/svara`);
  await awake(page);
  await nothingKept(page);
  await context.close();
});

test('an answer that is taken back while it is about to be sent is not sent', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await openEntry(page);
  let asked = false;
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  await page.route('**/api/get_enkatkonto', async (route) => {
    asked = true;
    await held;
    await route.continue();
  });
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/create_enkatsvar')) sent.push(request.postData() ?? '');
  });
  await byKeyboard(page);
  const [{ svar }] = await kept(page);
  await expect.poll(() => asked).toBe(true);
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.locator('.entry-said')).toContainText('Det senaste svaret är borttaget');
  letGo();
  // what stands in the form again is another answer
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.entry-said')).toContainText('Sparat');
  await nothingKept(page);
  expect(sent).toHaveLength(1);
  expect(sent[0]).not.toContain(svar.id);
  await context.close();
});

test('a queue that is told to wait waits, says so, and sends by itself afterwards; and what the server asks is asked once', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await openEntry(page);
  let asked = 0;
  await page.route('**/api/create_enkatsvar', (route) => {
    asked += 1;
    return route.fulfill({ status: 429, headers: { 'retry-after': '3' }, contentType: 'application/json', body: '{"Wait":3}' });
  });
  await byKeyboard(page);
  const outbox = page.locator('.outbox');
  await expect(outbox).toContainText('1 svar väntar. Det skickas om en stund, av sig självt');
  await expect(outbox).not.toContainText(/misslyckades|kunde inte tas emot/, { useInnerText: true });
  // nothing is sent before it is time, whoever asks
  await sendNow(page);
  await sendNow(page);
  expect(asked).toBe(1);
  await page.unroute('**/api/create_enkatsvar');
  await page.route('**/api/create_enkatsvar', async (route) => {
    const response = await route.fetch();
    const told = (await response.json()) as { notice?: string }[];
    told[0].notice = 'Du har lagt in fler än 40 svar på en timme. Är det rätt?';
    await route.fulfill({ response, json: told });
  });
  await nothingKept(page);
  await expect(outbox).toContainText('Är det rätt?');
  await page.goto('/enkater');
  await awake(page);
  await expect(outbox).toContainText('Är det rätt?');
  await page.getByRole('button', { name: 'Ja, det stämmer' }).click();
  await expect(outbox).toBeHidden();
  await page.reload();
  await awake(page);
  await expect(outbox).toBeHidden();
  await context.close();
});

test('an answer to an enkät that was closed meanwhile is kept and explained, and sent when it is open again', async ({ browser, server }) => {
  test.setTimeout(90_000);
  const chef = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(chef, 'Enhetschef');
  const path = await enkat(chef);
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await openEntry(page);
  await context.setOffline(true);
  await byKeyboard(page);
  await chef.goto(path);
  await chef.getByRole('button', { name: 'Stäng enkäten' }).click();
  await expect(chef.getByRole('button', { name: 'Öppna igen' })).toBeVisible();
  await context.setOffline(false);
  await page.getByText('Ett svar kunde inte tas emot').click();
  await expect(page.locator('.outbox')).toContainText('Enkäten har stängts');
  await chef.getByRole('button', { name: 'Öppna igen' }).click();
  await expect(chef.getByRole('button', { name: 'Stäng enkäten' })).toBeVisible();
  await page.getByRole('button', { name: 'Skicka igen' }).click();
  await nothingKept(page);
  await context.close();
  await chef.context().close();
});

test('a session that has ended costs no answer', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await openEntry(page);
  await context.clearCookies();
  await byKeyboard(page);
  await expect(page.locator('.outbox')).toContainText('1 svar väntar på att du loggar in');
  await expect(page.locator('.outbox').getByRole('link', { name: 'Logga in i en ny flik' })).toHaveAttribute('href', '/logga-in');
  await logIn(page, 'Handläggare');
  await page.goto('/');
  await awake(page);
  await nothingKept(page);
  await context.close();
});

test('a wrong clock on the device does not put an answer in another month', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await page.clock.install({ time: new Date('2031-05-05T10:00:00') });
  await page.clock.resume();
  await logIn(page, 'Handläggare');
  await openEntry(page);
  await page.route('**/api/create_enkatsvar', (route) => route.abort());
  await byKeyboard(page);
  const posts = await kept(page);
  expect(posts.map((p) => p.svar.period)).toEqual(['2026-11']);
  await page.unroute('**/api/create_enkatsvar');
  await sendNow(page);
  await nothingKept(page);
  await context.close();
});

test('another day is said at the button, a day that has not been is refused, and the next answer is of today again', async ({ page, axe }) => {
  await logIn(page, 'Handläggare');
  await openEntry(page);
  // under way for as long as the test looks at what is kept
  await page.route('**/api/create_enkatsvar', () => {});
  const line = page.locator('.entry-day summary');
  await expect(line).toHaveText('Samtal i dag, 23 november');
  await line.click();
  await page.getByLabel('Ändra dag').fill('2026-11-24');
  await page.getByLabel('Ändra dag').blur();
  await expect(page.locator('.entry-said')).toContainText('24 november 2026 har inte varit än');
  for (const key of ['1', '2', '1']) await page.locator('body').press(key);
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.locator('.entry-said')).toContainText('har inte varit än');
  expect(await kept(page)).toEqual([]);

  await page.getByLabel('Ändra dag').fill('2026-10-05');
  await page.getByLabel('Ändra dag').blur();
  await expect(page.locator('.entry-chosen')).toContainText('Gäller 5 oktober 2026, inte i dag.');
  await axe();
  await page.getByRole('link', { name: 'Byt till i dag' }).click();
  await expect(page.locator('.entry-chosen')).toBeHidden();
  await expect(page.locator('.entry-form input:checked'), 'what is chosen stays').toHaveCount(3);

  await page.getByLabel('Ändra dag').fill('2026-10-05');
  await page.getByLabel('Ändra dag').blur();
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.locator('.entry-said')).toContainText('Sparat i oktober 2026. Redo för nästa, från i dag igen.');
  await expect(line).toHaveText('Samtal i dag, 23 november');
  expect((await kept(page)).map((p) => p.svar.period)).toEqual(['2026-10']);
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.locator('.entry-chosen')).toContainText('5 oktober 2026');
});

test('a device without room sends the answer at once, and keeps it in the form when it cannot', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  const path = await enkat(page);
  await openEntry(page);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await context.setOffline(true);
  for (const key of ['1', '2', '1', 'Enter']) await page.keyboard.press(key);
  await expect(page.locator('.entry-said')).toContainText('inte plats');
  await expect(page.locator('.entry-form input:checked')).toHaveCount(3);
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.locator('.entry-said')).toContainText('Sparat');
  expect(path).not.toBe('');
  await context.close();
});

test('without JavaScript the form saves, says what is wrong with everything kept, and takes the last one back', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Handläggare', exact: true }).click();
  await expect(page).not.toHaveURL(/logga-in/);
  const path = await enkat(page);
  await page.goto(`${path}/svara`);
  const choose = (n: number, label: string) => page.locator('.entry-form .choices').nth(n).getByRole('radio', { name: label }).check({ force: true });
  await choose(0, 'Bra');
  await page.getByLabel('Övrig kommentar').fill('Mejla namn@example.se');
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.locator('.error-summary')).toContainText('e-postadress');
  await expect(page.getByLabel('Övrig kommentar')).toHaveValue('Mejla namn@example.se');
  await expect(page.locator('.entry-form .choices').nth(0).getByRole('radio', { name: 'Bra' })).toBeChecked();
  await page.getByLabel('Övrig kommentar').fill('Bra samtal');
  await choose(1, 'Ja');
  await choose(2, 'Nej');
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Sparat' })).toBeVisible();
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.getByText('Det senaste svaret är borttaget')).toBeVisible();
  await context.close();
});

test('a metodutvecklare makes an enkät, previews it, opens it, and a change after answers is a new version', async ({ page }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/enkater/ny');
  await page.getByLabel('Namn', { exact: true }).fill('Besök i receptionen');
  await page.getByLabel('Sista dag').fill('2026-01-01');
  await press(page, 'Fortsätt till frågorna');
  await expect(page.locator('.field-error')).toContainText('ligger före');
  await page.getByLabel('Sista dag').fill('2026-12-31');
  await press(page, 'Fortsätt till frågorna');
  await page.getByLabel('Fråga', { exact: true }).fill('Hur nöjd är du med besöket?');
  await page.getByLabel('Hur besvaras den').selectOption('smileys');
  await press(page, 'Lägg till frågan');
  await page.getByLabel('Fråga', { exact: true }).fill('Fick du hjälp?');
  await page.getByLabel('Hur besvaras den').selectOption('val');
  await page.getByLabel('Svarsalternativ').fill('Ja');
  await press(page, 'Lägg till frågan');
  await expect(page.locator('.field-error')).toContainText('minst två');
  await page.getByLabel('Svarsalternativ').fill('Ja\nNej');
  await press(page, 'Lägg till frågan');
  await expect(page.getByRole('alert')).toContainText('Bra: Ja. Dåligt: Nej.');
  await press(page, 'Spara med förslaget');
  await expect(page.locator('.enkat-fragor .row')).toHaveCount(2);
  await page.getByRole('button', { name: 'Flytta upp fråga 2' }).click();
  await expect(page.locator('.enkat-fragor .row').first()).toContainText('Fick du hjälp?');
  await page.getByRole('link', { name: 'Förhandsvisa' }).click();
  await expect(page.getByText('Förhandsvisning, inget sparas')).toBeVisible();
  await page.goto(page.url().replace('/forhandsvisa', ''));
  await press(page, 'Öppna enkäten');
  await page.getByRole('link', { name: 'Svara', exact: true }).click();
  await awake(page);
  await page.keyboard.press('1');
  await page.keyboard.press('5');
  await page.keyboard.press('Enter');
  await expect(page.locator('.entry-said')).toContainText('Sparat');
  await nothingKept(page);
  await page.goto(page.url().replace('/svara', '/fragor'));
  await expect(page.getByText('Frågorna har fått svar och är låsta')).toBeVisible();
  await page.getByRole('button', { name: 'Ändra frågorna' }).click();
  await expect(page.getByText('Du skriver version 2')).toBeVisible();
  await page.getByRole('button', { name: 'Börja använda version 2' }).click();
  await expect(page.getByText('Version 2', { exact: true })).toBeVisible();
});

test('a handläggare cannot open what only those who lead may, and the results hold no free text', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  const path = await enkat(page);
  for (const part of ['/redigera', '/fragor', '/forhandsvisa', '/fritext', '/varden']) {
    const answer = await page.goto(`${path}${part}`);
    expect(answer?.status(), part).toBe(403);
  }
  const answer = await page.goto(`${path}/resultat`);
  expect(answer?.status()).toBe(200);
  const comments = readFileSync('../server/web/src/demo_enkat.rs', 'utf8').match(/^ {4}"(.*)",$/gm) ?? [];
  expect(comments.length).toBe(10);
  const shown = (await page.locator('main').textContent()) ?? '';
  for (const line of comments) expect(shown).not.toContain(line.trim().slice(1, -2));
  await context.close();
});

test('from the tap to Sparat takes a moment', async ({ page }) => {
  await logIn(page, 'Metodutvecklare');
  await openEntry(page);
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    for (const key of ['1', '1', '1']) await page.keyboard.press(key);
    const ms = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const said = document.querySelector('.entry-said span') as HTMLElement;
          const from = performance.now();
          new MutationObserver((_, observer) => {
            if (!said.textContent?.startsWith('Sparat')) return;
            observer.disconnect();
            resolve(performance.now() - from);
          }).observe(said, { childList: true, characterData: true, subtree: true });
          (document.querySelector('.entry-save button') as HTMLButtonElement).click();
        }),
    );
    times.push(ms);
  }
  await nothingKept(page);
  expect(times).toHaveLength(5);
  console.log(`from tap to Sparat: ${times.map((t) => t.toFixed(0)).join(', ')} ms (asked: at most 50)`);
});
