// APT: prepared in a few clicks, presented with arrow keys, decided in, followed by a wall screen; without network and after
// the server was away.
import type { Browser, Page, Request } from '@playwright/test';
import { expect, test } from './fixture';
import { logIn, press } from './steps';

const shown = (page: Page) => page.locator('.slide.is-current');
const heading = (page: Page) => shown(page).locator('h2');

async function nextMeeting(page: Page): Promise<string> {
  await page.goto('/apt');
  return (await page.getByRole('link', { name: 'APT 9 december' }).getAttribute('href')) ?? '';
}

async function present(page: Page, path: string) {
  await page.goto(`${path}/visa`);
  await expect(page.locator('.deck[data-awake]')).toBeVisible();
}

/** Moves on with the arrow to the first slide that has this in the line above its heading. */
async function slideOf(page: Page, kicker: RegExp) {
  await page.keyboard.press('Home');
  const kickers = await page.locator('.deck-slides > .slide').evaluateAll((slides) =>
    slides.map((slide) => slide.querySelector('.slide-kicker')?.textContent ?? ''),
  );
  const at = kickers.findIndex((text) => kicker.test(text));
  expect(at, `${kicker} among ${kickers.join(', ')}`).toBeGreaterThan(-1);
  for (let n = 0; n < at; n++) await page.keyboard.press('ArrowRight');
  await expect(shown(page).locator('.slide-kicker')).toHaveText(kicker);
}

async function hangScreen(page: Page, name: string): Promise<string> {
  await page.goto('/apt/skarmar');
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Skapa adress' }) });
  await form.getByLabel('Var hänger den?').fill(name);
  await form.getByRole('button', { name: 'Skapa adress' }).click();
  await expect(page.getByRole('heading', { name: 'Skärmens adress' })).toBeVisible();
  return (await page.locator('a.address').getAttribute('href')) ?? '';
}

async function stranger(browser: Browser, server: string): Promise<Page> {
  return (await browser.newContext({ baseURL: server, viewport: { width: 1920, height: 1080 } })).newPage();
}

test('a chef prepares a meeting in a few clicks, and a colleague puts something on its agenda', async ({ page, browser, server }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/apt/ny');
  await page.getByLabel('Dag', { exact: true }).fill('2026-11-30');
  await page.getByLabel('Sekreterare').selectOption({ label: 'Handläggare' });
  await page.getByRole('button', { name: 'Förbered' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('APT 30 november');
  await expect(page.locator('.agenda-point')).toHaveCount(7);
  await page.getByRole('button', { name: 'Flytta upp Arbetsmiljö' }).click();
  await expect(page.locator('.agenda-point h2').nth(1)).toHaveText('2. Arbetsmiljö');
  await page.getByLabel('Ny punkt').fill('Julfest');
  await page.getByRole('button', { name: 'Lägg till punkten' }).click();
  await expect(page.locator('.agenda-point h2').last()).toHaveText('8. Julfest');
  const path = new URL(page.url()).pathname;

  const other = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(other, 'Handläggare');
  await other.goto(path);
  const point = other.locator('.agenda-point', { hasText: '2. Arbetsmiljö' });
  await point.locator('summary', { hasText: 'Anmäl något' }).click();
  await point.getByLabel('Vad vill du ta upp?').fill('Larmen i besöksrummen');
  await point.getByRole('button', { name: 'Anmäl', exact: true }).click();
  await expect(other.locator('.topics')).toContainText('Larmen i besöksrummen');
  await expect(page.locator('.topics')).toContainText('Larmen i besöksrummen');
  await page.goto('/arshjul?vy=lista');
  await expect(page.getByText('30 november').first()).toBeVisible();
  await other.context().close();
});

test('in the meeting a tick and a decision change the slide, and a wall follows', async ({ browser, server }) => {
  test.setTimeout(90_000);
  const page = await stranger(browser, server);
  await logIn(page, 'Enhetschef');
  const wall = await stranger(browser, server);
  await wall.goto(await hangScreen(page, 'Fikarummet'));
  await expect(wall.locator('.deck[data-awake]')).toBeVisible();
  const path = await nextMeeting(page);
  await present(page, path);
  await slideOf(page, /Kontroller sedan/);
  const done = shown(page).locator('.slide-list', { hasText: 'Klara' }).locator('.slide-count');
  const before = Number(await done.textContent());
  const walled = wall.locator('#bild-kontroller .slide-figure.done strong');
  const onWall = Number(await walled.textContent());

  await page.keyboard.press('n');
  await expect(page.locator('.deck-panel')).toBeVisible();
  await page.locator('.deck-point:visible').getByRole('button', { name: /^Ingen avvikelse:/ }).first().click();
  await expect(done).toHaveText(String(before + 1));
  await expect(walled).toHaveText(String(onWall + 1));
  await expect(page.locator('.deck-said')).toContainText('är utförd');

  const field = page.locator('.deck-point:visible').getByLabel('Nytt beslut');
  await field.fill('Vi provar larmen varje måndag');
  await page.locator('.deck-point:visible').getByRole('button', { name: 'Anteckna beslutet' }).click();
  await expect(page.locator('.deck-said')).toContainText('Beslutet är antecknat');
  await expect(page.locator('.deck-point:visible .decisions')).toContainText('Vi provar larmen varje måndag');
  await expect(field).toHaveValue('');
  expect(page.url()).toContain('/visa');

  // arrow keys alone, and back with the keys of a clicker
  await page.keyboard.press('Escape');
  await page.keyboard.press('End');
  await expect(shown(page).locator('.slide-number')).toHaveText(/^(\d+) av \1$/);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  await expect(shown(page).locator('.slide-number')).toHaveText(/^2 av /);
  await page.keyboard.press('b');
  await expect(shown(page)).toBeHidden();
  await page.keyboard.press('b');
  await expect(shown(page)).toBeVisible();
  await page.keyboard.press('o');
  await expect(page.locator('.slide').nth(4)).toBeVisible();
  await page.locator('.slide').nth(4).click();
  await expect(shown(page).locator('.slide-number')).toHaveText(/^5 av /);

  await page.goto('/apt/beslut?q=larmen');
  await expect(page.locator('.rows')).toContainText('Vi provar larmen varje måndag');
  await page.goto('/apt/skarmar');
  await page.getByRole('button', { name: 'Ta bort Fikarummet' }).click();
  await expect(wall.getByRole('heading', { name: 'Skärmen är avstängd' })).toBeVisible();
  await wall.context().close();
  await page.context().close();
});

test('who presents moves in one window and the room sees the other', async ({ page, context }) => {
  await logIn(page, 'Enhetschef');
  const path = await nextMeeting(page);
  await present(page, path);
  const own = await context.newPage();
  await own.goto(`${path}/visa?lage=presentator`);
  await expect(own.locator('.deck[data-awake]')).toBeVisible();
  await expect(page.locator('.slide-notes')).toHaveCount(0);
  for (let n = 0; n < 5; n++) await own.keyboard.press('ArrowRight');
  await expect(shown(own).locator('.slide-notes')).toContainText('Grupper om fyra');
  await expect(heading(page)).toHaveText((await heading(own).textContent()) ?? '');
  await expect(shown(page).locator('.slide-timer')).toHaveText('8.00');
  await page.keyboard.press('t');
  await expect(shown(page).locator('.slide-timer')).toHaveText(/^7\.5\d$/);
});

for (const [width, height] of [[1920, 1080], [1440, 1080], [1024, 768]] as const) {
  test(`every slide is whole on ${width} × ${height}, and read from the back of the room`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await logIn(page, 'Enhetschef');
    await present(page, await nextMeeting(page));
    const count = await page.locator('.deck-slides > .slide').count();
    expect(count).toBeGreaterThan(8);
    for (let n = 0; n < count; n++) {
      const faults = await shown(page).evaluate((slide, least) => {
        const faults: string[] = [];
        const body = slide.querySelector('.slide-body') as HTMLElement;
        const face = slide.querySelector('.slide-face') as HTMLElement;
        const box = face.getBoundingClientRect();
        if (face.scrollHeight > face.clientHeight + 1 || face.scrollWidth > face.clientWidth + 1) faults.push('the slide overflows');
        if (body.scrollHeight > body.clientHeight + 1 && getComputedStyle(body).display !== 'contents') faults.push('the body is cut');
        for (const element of slide.querySelectorAll('.slide-body *:not(svg *), .slide-head *')) {
          const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
          if (!own) continue;
          const size = parseFloat(getComputedStyle(element).fontSize);
          const at = element.getBoundingClientRect();
          if (size < least) faults.push(`${element.textContent}: ${size} px`);
          if (at.right > box.right + 1 || at.bottom > box.bottom + 1) faults.push(`${element.textContent} is outside`);
        }
        return faults;
      }, (31.9 * height) / 1080);
      expect(faults, (await heading(page).textContent()) ?? '').toEqual([]);
      await page.keyboard.press('ArrowRight');
    }
  });
}

test('without a script the slides are there, one by one', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Enhetschef', exact: true }).click();
  await expect(page).not.toHaveURL(/logga-in/);
  const path = await nextMeeting(page);
  await page.goto(`${path}/visa`);
  await expect(page.locator('.slide').first()).toBeVisible();
  await expect(page.locator('.slide').nth(1)).toBeHidden();
  await page.goto(path);
  await page.locator('summary', { hasText: 'Anteckna och besluta' }).last().click();
  await page.getByLabel('Nytt beslut').last().fill('Fikat flyttas');
  await page.getByRole('button', { name: 'Anteckna beslutet' }).last().click();
  await expect(page.locator('.decisions')).toContainText(['Fikat flyttas']);
  await context.close();
});

test('a server that is away takes nothing from the room: what is shown stays, says so, and catches up', async ({ browser, own }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext({ baseURL: own.address })).newPage();
  await logIn(page, 'Enhetschef');
  const address = await hangScreen(page, 'Entrén');
  const wall = await stranger(browser, own.address);
  await wall.goto(address);
  await expect(wall.locator('.deck[data-awake]')).toBeVisible();
  const keptPages = () => wall.evaluate(async () => (await (await caches.open('kvalitet-sidor')).keys()).length);
  await expect.poll(keptPages).toBe(1);
  const path = await nextMeeting(page);
  await present(page, path);
  await slideOf(page, /Kontroller sedan/);
  const shownBefore = await heading(page).textContent();

  await own.kill();
  await expect(shown(page).getByText('Utan kontakt med servern')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect(heading(page)).toHaveText(shownBefore ?? '');
  await page.keyboard.press('n');
  const field = page.locator('.deck-point:visible').getByLabel('Nytt beslut');
  await field.fill('Beslut utan nät');
  await page.locator('.deck-point:visible').getByRole('button', { name: 'Anteckna beslutet' }).click();
  await expect(page.locator('.deck-said')).toContainText('Det du skrev finns kvar');
  await expect(field).toHaveValue('Beslut utan nät');
  // the wall is switched off and on while the server is away
  await wall.reload();
  await expect(wall.locator('.slide.is-current h2')).toBeVisible();

  await own.again();
  await expect(page.locator('html:not([data-away])')).toBeVisible({ timeout: 20_000 });
  await page.locator('.deck-point:visible').getByRole('button', { name: 'Anteckna beslutet' }).click();
  await expect(page.locator('.deck-said')).toContainText('Beslutet är antecknat');
  await page.locator('.deck-point:visible').getByRole('button', { name: /^Ingen avvikelse:/ }).first().click();
  await expect(heading(page)).not.toHaveText(shownBefore ?? '');
  await expect(wall.locator('html:not([data-away])')).toBeVisible({ timeout: 20_000 });
  await page.context().close();
  await wall.context().close();
});

test('letters alone do nothing on a device where that is switched off, and arrows still do', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/konto');
  const keys = page.getByRole('group', { name: 'Kortkommandon' });
  await expect(keys.getByRole('button', { name: 'På' })).toHaveAttribute('aria-pressed', 'true');
  await press(page, 'Av');
  await expect(keys.getByRole('button', { name: 'Av' })).toHaveAttribute('aria-pressed', 'true');
  await present(page, await nextMeeting(page));
  const deck = page.locator('.deck');
  const first = await heading(page).textContent();
  await page.keyboard.press('o');
  await page.keyboard.press('b');
  await page.keyboard.press('ArrowRight');
  await expect(heading(page), 'the arrow has gone on').not.toHaveText(first ?? '');
  await expect(deck).not.toHaveAttribute('data-overview');
  await expect(deck).not.toHaveAttribute('data-black');
  await page.goto('/konto');
  await press(page, 'På');
  await present(page, await nextMeeting(page));
  await page.keyboard.press('o');
  await expect(deck).toHaveAttribute('data-overview');
});

test('a day and a night on the wall leave nothing behind', async ({ page, browser, server }) => {
  test.setTimeout(120_000);
  await logIn(page, 'Enhetschef');
  const address = await hangScreen(page, 'Matsalen');
  const context = await browser.newContext({ baseURL: server, viewport: { width: 1920, height: 1080 } });
  const wall = await context.newPage();
  await wall.clock.install({ time: new Date('2026-11-23T08:00:00+01:00') });
  // A page that is just being fetched is held as a whole document beside the one that is shown: read when none is.
  // And the stream is two listeners: a day in a moment is silence to it, so that it is closed and opened anew. Read when it is open.
  let asked = 0;
  let streams = 0;
  const counts = (by: number) => (request: Request) => {
    if (request.resourceType() === 'fetch') asked += by;
    if (request.resourceType() === 'eventsource') streams += by;
  };
  wall.on('request', counts(1));
  wall.on('requestfinished', counts(-1));
  wall.on('requestfailed', counts(-1));
  await wall.goto(address);
  await expect(wall.locator('.deck[data-awake]')).toBeVisible();
  const cdp = await context.newCDPSession(wall);
  await cdp.send('Performance.enable');
  const read = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((m) => m.name === name)?.value ?? 0;
    return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') };
  };
  const held = async () => {
    let last = await read();
    await expect
      .poll(async () => {
        const before = last;
        const calm = asked === 0 && streams === 1;
        // the day has gone faster than the network: a page that waits to open its stream anew (ten minutes where it thinks that
        // it is held back, a quarter of one where it was refused) has waited
        if (asked === 0 && streams === 0) await wall.clock.fastForward(601_000);
        last = await read();
        const still = last.nodes === before.nodes && last.listeners === before.listeners;
        return calm && still ? 'at rest' : `${asked} asked for, ${streams} streams, ${last.nodes - before.nodes} nodes more`;
      })
      .toBe('at rest');
    return last;
  };
  await wall.clock.runFor(60 * 60 * 1000);
  const before = await held();
  await wall.clock.runFor(24 * 60 * 60 * 1000);
  const after = await held();
  expect(after.nodes).toBe(before.nodes);
  expect(after.listeners).toBe(before.listeners);
  expect(after.heap).toBeLessThan(before.heap * 1.1);
  await context.close();
});

test('a wall screen passes axe, changes by itself, and is dark at night', async ({ page, browser, server, axe }) => {
  test.setTimeout(60_000);
  await logIn(page, 'Enhetschef');
  await page.goto('/apt/skarmar');
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Skapa adress' }) });
  await form.getByLabel('Var hänger den?').fill('Trapphuset');
  await form.getByLabel('Sekunder per bild').fill('5');
  await form.getByRole('button', { name: 'Skapa adress' }).click();
  const address = (await page.locator('a.address').getAttribute('href')) ?? '';
  const context = await browser.newContext({ baseURL: server, viewport: { width: 1920, height: 1080 } });
  const wall = await context.newPage();
  await wall.clock.install({ time: new Date('2026-11-23T17:59:30+01:00') });
  await wall.goto(address);
  await expect(wall.locator('.deck[data-awake]')).toBeVisible();
  const first = await heading(wall).textContent();
  await wall.clock.runFor(6_000);
  await expect(heading(wall)).not.toHaveText(first ?? '');
  await expect(wall.locator('.deck[data-dim]')).toHaveCount(0);
  await wall.clock.runFor(40_000);
  await expect(wall.locator('.deck[data-dim]')).toHaveCount(1);
  await context.close();
  // by day, whenever this is run: at night it is meant to be faint
  await page.clock.install({ time: new Date('2026-11-23T12:00:00+01:00') });
  await page.goto(address);
  await expect(page.locator('.deck[data-awake]')).toBeVisible();
  await expect(page.locator('.deck[data-dim]')).toHaveCount(0);
  await axe();
});

test('a wall address is copied, and a television is set up with a code of ten digits', async ({ browser, server, page, context, axe }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await logIn(page, 'Enhetschef');
  await hangScreen(page, 'Receptionen');
  await expect(page.getByRole('img', { name: 'Adressen som QR-kod' })).toBeVisible();
  await page.getByRole('button', { name: 'Kopiera adressen' }).click();
  await expect(page.getByText('Det är kopierat.')).toBeVisible();
  const whole = await page.getByLabel('Adress', { exact: true }).inputValue();
  expect(whole).toMatch(new RegExp(`^${server}/skarm/[0-9a-f]{64}$`));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(whole);
  await axe();
  const code = (await page.locator('.tv-kod').textContent()) ?? '';
  expect(code).toMatch(/^\d{5} \d{5}$/);
  const television = await stranger(browser, server);
  await television.goto('/tv');
  await television.getByLabel('Kod, tio siffror').fill('11111 11111');
  await television.getByRole('button', { name: 'Visa skärmen' }).click();
  await expect(television.getByRole('alert').first()).toContainText('Koden öppnar ingen skärm');
  await television.getByLabel('Kod, tio siffror').fill(code);
  await television.getByRole('button', { name: 'Visa skärmen' }).click();
  await expect(television.locator('.deck[data-mode="vagg"]')).toBeVisible();
  expect(television.url()).not.toBe(whole);
  await page.goto('/apt/skarmar');
  await page.getByRole('button', { name: 'Ta bort Receptionen' }).click();
  await expect(television.getByRole('heading', { name: 'Skärmen är avstängd' })).toBeVisible();
  await television.getByRole('link', { name: 'Skriv en kod' }).click();
  await expect(television.getByRole('heading', { name: 'Skärm på en tv' })).toBeVisible();
  await television.context().close();
});
