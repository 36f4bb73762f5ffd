// Several tabs: each writes a report of its own, none loses its text to another, and all of them share one line to the server;
// on the machine itself, where the browser has locks, and over plain http under a name, where it has none.
import type { APIRequestContext, Browser, BrowserContext, Page } from '@playwright/test';
import config from './playwright.config';
import { expect, test } from './fixture';
import { line } from './line';
import { awake, logIn } from './steps';

const NAME = 'kvalitet.test';

test.use({
  launchOptions: {
    ...config.use?.launchOptions,
    args: [...(config.use?.launchOptions?.args ?? []), `--host-resolver-rules=MAP ${NAME} 127.0.0.1`],
  },
});

/** The same server under a name that is no machine's own: no locks, no service worker. */
const named = (server: string) => server.replace('127.0.0.1', NAME);

const WAYS: [string, (server: string) => string, boolean][] = [
  ['where the browser has locks', (server) => server, true],
  ['over plain http under a name', named, false],
];

async function context(browser: Browser, server: string, role: string): Promise<BrowserContext> {
  const made = await browser.newContext({ baseURL: server });
  const page = await made.newPage();
  await logIn(page, role);
  await page.close();
  return made;
}

async function report(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/avvikelser/ny');
  await awake(page);
  // the tabs have asked each other
  await expect(page.locator('.draft-said')).toContainText('sparas på den här enheten');
  return page;
}

async function write(page: Page, what: string) {
  await page.getByLabel('Vad hände?').fill(what);
  await page.getByLabel(/^Vad blev det för konsekvens/).fill('Ingen, det märktes i tid.');
}

async function send(page: Page) {
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
}

const id = (page: Page) => page.locator('form[data-draft] input[name=id]').inputValue();
const setId = (page: Page, value: string) =>
  page.locator('form input[name=id]').first().evaluate((input, value) => ((input as HTMLInputElement).value = value), value);

/** How many of the person's own reports hold these words. */
async function own(context: BrowserContext, words: string) {
  const page = await context.newPage();
  await page.goto('/avvikelser?visa=mina');
  const n = await page.locator('.row-title', { hasText: words }).count();
  await page.close();
  return n;
}

for (const [way, address, locks] of WAYS) {
  test(`two tabs write two reports, and what is added in the first after the second has sent is kept: ${way}`, async ({ browser, server }) => {
    const tabs = await context(browser, address(server), 'Handläggare');
    const first = await report(tabs);
    expect(await first.evaluate(() => 'locks' in navigator)).toBe(locks);
    const mark = locks ? 'lås' : 'namn';
    await write(first, `Nyckeln (${mark}) låg framme`);
    await expect.poll(() => first.evaluate(() => document.querySelector('.draft-said')?.textContent ?? '')).toContain('sparas');
    const second = await report(tabs);
    await expect(second.getByText('Du har en påbörjad rapport i en annan flik')).toBeVisible();
    await expect(second.getByLabel('Vad hände?')).toHaveValue('');
    expect(await id(second)).not.toBe(await id(first));
    await write(second, `Dörren (${mark}) stod öppen`);
    await send(second);
    await write(first, `Nyckeln (${mark}) låg framme, även i går`);
    await send(first);
    expect(await own(tabs, `Dörren (${mark}) stod öppen`)).toBe(1);
    expect(await own(tabs, `Nyckeln (${mark}) låg framme, även i går`)).toBe(1);
    await tabs.close();
  });

  test(`of three tabs one is loaded anew and one is closed: each text comes back where nobody else has it: ${way}`, async ({ browser, server }) => {
    const tabs = await context(browser, address(server), 'Biträdande enhetschef');
    const first = await report(tabs);
    await write(first, 'Den första');
    const second = await report(tabs);
    await write(second, 'Den andra');
    const third = await report(tabs);
    await expect(third.getByLabel('Vad hände?')).toHaveValue('');
    const ids = new Set([await id(first), await id(second), await id(third)]);
    expect(ids.size).toBe(3);
    const before = await id(first);
    await first.reload();
    await awake(first);
    await expect(first.getByLabel('Vad hände?')).toHaveValue('Den första');
    expect(await id(first)).toBe(before);
    await expect(second.getByLabel('Vad hände?')).toHaveValue('Den andra');
    await second.close();
    const fourth = await report(tabs);
    await expect(fourth.getByLabel('Vad hände?')).toHaveValue('Den andra');
    await fourth.getByRole('button', { name: 'Börja om' }).click();
    await expect(fourth.getByLabel('Vad hände?')).toHaveValue('');
    await expect(first.getByLabel('Vad hände?')).toHaveValue('Den första');
    await tabs.close();
  });

  test(`a tab that was doubled with its id gets another: ${way}`, async ({ browser, server }) => {
    const tabs = await context(browser, address(server), 'Handläggare');
    const first = await report(tabs);
    const theirs = await id(first);
    const second = await tabs.newPage();
    // before the island wakes
    await second.addInitScript((theirs) => {
      document.addEventListener('DOMContentLoaded', () => {
        const id = document.querySelector<HTMLInputElement>('form[data-draft] input[name=id]');
        if (id) id.value = theirs;
      });
    }, theirs);
    await second.goto('/avvikelser/ny');
    await awake(second);
    await expect(second.locator('.draft-said')).toContainText('sparas på den här enheten');
    expect(await id(second)).not.toBe(theirs);
    expect(await id(first)).toBe(theirs);
    await tabs.close();
  });

  test(`a text under an id that holds another is not said to be sent: it stays, and goes as a new one: ${way}`, async ({ browser, server }) => {
    const tabs = await context(browser, address(server), 'Metodutvecklare');
    const [first, second] = [await report(tabs), await report(tabs)];
    const mark = locks ? 'lås' : 'namn';
    const same = await id(first);
    await write(first, `Pärmen (${mark}) saknas`);
    await send(first);
    // as two tabs that could not ask each other
    await setId(second, same);
    await write(second, `Pärmen (${mark}) saknas, och listan`);
    await second.getByRole('button', { name: 'Skicka rapporten' }).click();
    const told = second.getByRole('alert').filter({ hasText: 'En annan rapport är redan skickad' });
    await expect(told).toBeVisible();
    await awake(second);
    await expect(second.getByLabel('Vad hände?')).toHaveValue(`Pärmen (${mark}) saknas, och listan`);
    expect(await id(second)).not.toBe(same);
    await told.getByRole('button', { name: 'Skicka som ny' }).click();
    await expect(second.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
    expect(await own(tabs, `Pärmen (${mark}) saknas`)).toBe(2);
    await first.close();
    await second.close();
    const after = await report(tabs);
    await expect(after.getByLabel('Vad hände?'), 'nothing is left on the device').toHaveValue('');
    await tabs.close();
  });
}

/** Posts a report as a form does. */
async function post(request: APIRequestContext, server: string, fields: Record<string, string>) {
  const answer = await request.post(`${server}/api/create_avvikelse`, {
    form: fields,
    headers: { accept: 'application/json', origin: server },
  });
  expect(answer.status()).toBe(200);
}

test('a report that waits for the net while another goes under its id comes back to the form, and goes as a new one', async ({ browser, server }) => {
  const tabs = await context(browser, server, 'Handläggare');
  const page = await report(tabs);
  const node = await page.locator('form [name=node]').inputValue();
  await post(tabs.request, server, {
    id: await id(page),
    node,
    'form[what]': 'Larmet hördes inte',
    'form[day]': '2026-11-20',
    'form[consequence]': 'Ingen',
    'form[ror]': 'brukare',
  });
  await write(page, 'Larmet hördes inte på plan 2');
  await tabs.setOffline(true);
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByText('Sparat på enheten, skickas när nätet är tillbaka')).toBeVisible();
  await tabs.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.getByText('En annan rapport är redan skickad härifrån')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByLabel('Vad hände?')).toHaveValue('Larmet hördes inte på plan 2');
  await page.getByRole('button', { name: 'Skicka som ny' }).click();
  await expect(page.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
  expect(await own(tabs, 'Larmet hördes inte')).toBe(2);
  await tabs.close();
});

test('what was written after something else was sent under its id is found again, and said', async ({ browser, server }) => {
  const tabs = await context(browser, server, 'Handläggare');
  const page = await report(tabs);
  const [draft, node] = [await id(page), await page.locator('form [name=node]').inputValue()];
  await write(page, 'Bilen startade inte, inte i dag heller');
  await expect(page.locator('.draft-said')).toContainText('sparas på den här enheten');
  await page.waitForTimeout(500);
  await page.close();
  const fields = { 'form[day]': '2026-11-20', 'form[consequence]': 'Ingen', 'form[ror]': 'brukare' };
  await post(tabs.request, server, { id: draft, node, 'form[what]': 'Bilen startade inte', ...fields });
  const sent = await tabs.newPage();
  await sent.goto(`/avvikelser/${draft}`);
  await awake(sent);
  const again = await report(tabs);
  await expect(again.getByLabel('Vad hände?')).toHaveValue('Bilen startade inte, inte i dag heller');
  await expect(again.getByText('det som står här är inte den')).toBeVisible();
  expect(await id(again)).not.toBe(draft);
  await again.getByRole('button', { name: 'Skicka som ny' }).click();
  await expect(again.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
  await tabs.close();
});

test('without JavaScript another report, another förslag and another answer under an id come back, and go as new ones', async ({ browser, server }) => {
  const tabs = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await tabs.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Handläggare', exact: true }).click();
  await expect(page).not.toHaveURL(/logga-in/);
  const asNew = async (said: string) => {
    await expect(page.getByRole('alert').filter({ hasText: said })).toBeVisible();
    await page.getByRole('button', { name: 'Skicka som ny' }).click();
  };

  await page.goto('/avvikelser/ny');
  const first = await page.locator('form[data-draft] input[name=id]').inputValue();
  await write(page, 'Skåpet var olåst');
  await send(page);
  await page.goto('/avvikelser/ny');
  await setId(page, first);
  await write(page, 'Skåpet var olåst igen');
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await asNew('En annan rapport är redan skickad');
  await expect(page.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
  expect(await own(tabs, 'Skåpet var olåst')).toBe(2);

  await page.goto('/forslag');
  const said = page.locator('form:has(textarea[name=text])');
  const forslag = await said.locator('input[name=id]').inputValue();
  await page.getByLabel('Vad?').fill('En lampa vid grinden');
  await page.getByRole('button', { name: 'Skicka', exact: true }).click();
  await expect(page.locator('.row', { hasText: 'En lampa vid grinden' })).toBeVisible();
  await setId(page, forslag);
  await page.getByLabel('Vad?').fill('En bänk vid grinden');
  await page.getByRole('button', { name: 'Skicka', exact: true }).click();
  await asNew('Ett annat förslag är redan skickat');
  await expect(page.locator('.row', { hasText: 'En bänk vid grinden' })).toBeVisible();
  await expect(page.locator('.row', { hasText: 'En lampa vid grinden' })).toBeVisible();

  await page.goto('/enkater');
  const open = page.locator('section', { has: page.getByRole('heading', { name: 'Öppna' }) }).getByRole('link', { name: /^Samtal per telefon/ });
  const path = await open.first().getAttribute('href');
  await page.goto(`${path}/svara`);
  const choose = async (label: string) => {
    for (const [n, answer] of [label, 'Ja', 'Nej'].entries()) {
      await page.locator('.entry-form .choices').nth(n).getByRole('radio', { name: answer }).check({ force: true });
    }
  };
  const saved = page.getByRole('status').filter({ hasText: 'Sparat' });
  const entry = await page.locator('form.entry-form input[name=id]').inputValue();
  await choose('Bra');
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await expect(saved).toBeVisible();
  await page.goto(`${path}/svara`);
  await page.locator('form.entry-form input[name=id]').evaluate((input, value) => ((input as HTMLInputElement).value = value), entry);
  await choose('Dåligt');
  await page.getByRole('button', { name: 'Spara svar' }).click();
  await asNew('Ett svar är redan sparat med det här formuläret');
  await expect(saved).toBeVisible();
  await tabs.close();
});

test('seven tabs over plain http under a name open and navigate, on one line that passes on when its tab is closed or frozen', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const wire = await line(server);
  const tabs = await context(browser, named(wire.address), 'Enhetschef');
  const pages: Page[] = [];
  for (let n = 0; n < 7; n++) {
    const page = await tabs.newPage();
    await page.goto('/?visa=enheten', { timeout: 10_000 });
    await awake(page);
    pages.push(page);
  }
  await expect.poll(() => wire.streams()).toBe(1);
  for (const page of pages) {
    await page.goto('/arshjul', { timeout: 10_000 });
    await page.goto('/?visa=enheten', { timeout: 10_000 });
    await awake(page);
  }
  await expect.poll(() => wire.streams()).toBe(1);

  const other = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(other, 'Biträdande enhetschef');
  const heardBy = async (heard: Page[]) => {
    await other.goto('/?visa=enheten');
    await awake(other);
    const button = other.getByRole('button', { name: /^(Utförd|Klar):/ }).first();
    const name = (await button.getAttribute('aria-label')) ?? '';
    const rows = heard.map((page) => page.getByRole('button', { name, exact: true }));
    const before = await Promise.all(rows.map((row) => row.count()));
    await button.click();
    await expect(other.locator('.toast')).toContainText('är utförd');
    for (const [n, row] of rows.entries()) await expect(row).toHaveCount(before[n] - 1, { timeout: 20_000 });
  };
  await heardBy(pages);

  // whichever holds the line: after six of seven are gone, one by one, the last still hears
  for (const page of pages.splice(0, 3)) await page.close();
  await expect.poll(() => wire.streams()).toBe(1);
  await heardBy(pages);
  for (const page of pages.slice(0, 3)) {
    const session = await tabs.newCDPSession(page);
    await session.send('Page.enable');
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  }
  await heardBy(pages.slice(3));
  await expect.poll(() => wire.streams()).toBe(1);
  await other.context().close();
  await tabs.close();
  await wire.close();
});

test('a beslut after a beslut beside the slides is another one, over plain http too', async ({ browser, server }) => {
  const tabs = await context(browser, named(server), 'Enhetschef');
  const page = await tabs.newPage();
  await page.goto('/apt');
  const path = await page.getByRole('link', { name: 'APT 9 december' }).getAttribute('href');
  await page.goto(`${path}/visa`);
  await expect(page.locator('.deck[data-awake]')).toBeVisible();
  await page.keyboard.press('n');
  const point = page.locator('.deck-point:visible');
  const field = point.getByLabel('Nytt beslut');
  await expect(field).toBeVisible();
  for (const text of ['Vi byter kod i mars', 'Vi byter kod i april']) {
    await field.fill(text);
    await point.getByRole('button', { name: 'Anteckna beslutet' }).click();
    await expect(page.locator('.deck-said')).toContainText('Beslutet är antecknat');
    await expect(point.locator('.decisions')).toContainText(text);
    await expect(field).toHaveValue('');
  }
  // and one whose id has another already is not said to be saved; it stands there, and goes at the second try
  await field.fill('Vi byter kod i maj');
  const held = await point.locator('.decisions input[name=id]').first().inputValue();
  const fresh = point.locator('form:has(textarea[name=beslut]) input[name=id]');
  await fresh.evaluate((input, held) => input.setAttribute('value', held), held);
  await point.getByRole('button', { name: 'Anteckna beslutet' }).click();
  await expect(page.locator('.deck-said')).toContainText('Ett annat beslut är redan sparat');
  await expect(field).toHaveValue('Vi byter kod i maj');
  await point.getByRole('button', { name: 'Anteckna beslutet' }).click();
  await expect(point.locator('.decisions')).toContainText('Vi byter kod i maj');
  await tabs.close();
});
