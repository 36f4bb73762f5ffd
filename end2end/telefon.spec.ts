// On a phone and on a small laptop: how many taps it takes, and that what is said of it is in view.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn } from './steps';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const laptop = { viewport: { width: 1366, height: 768 } };

async function entry(browser: Browser, server: string, device: object): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ baseURL: server, ...device });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await page.goto('/enkater');
  const open = page.locator('section', { has: page.getByRole('heading', { name: 'Öppna' }) });
  const path = await open.getByRole('link', { name: /^Samtal per telefon/ }).first().getAttribute('href');
  await page.goto(`${path}/svara`);
  await awake(page);
  return [context, page];
}

const inView = (page: Page) => async (selector: string) => expect(page.locator(selector), selector).toBeInViewport({ ratio: 1 });

for (const [name, device] of [
  ['a phone', phone],
  ['a small laptop', laptop],
] as const) {
  test(`an answer to an enkät on ${name}: five taps, and Sparat, Ångra and how many there are in view`, async ({ browser, server }) => {
    const [context, page] = await entry(browser, server, device);
    const seen = inView(page);
    let taps = 0;
    const tap = async (name: string, role: 'radio' | 'button', n = 0) => {
      const target = role === 'radio' ? page.locator('.entry-form .choices').nth(n).getByRole(role, { name }) : page.getByRole(role, { name });
      await ('hasTouch' in device ? target.tap() : target.click());
      taps += 1;
    };
    await seen('.entry-progress');
    await seen('.entry-save button');
    await tap('Bra', 'radio', 0);
    await tap('Ja', 'radio', 1);
    await tap('Delvis', 'radio', 2);
    await tap('Kvinna', 'radio', 3);
    await tap('Spara svar', 'button');
    expect(taps).toBe(5);
    await expect(page.locator('.entry-said')).toContainText('Sparat');
    for (const part of ['.entry-said span', '.entry-said button', '.entry-progress', '.entry-save button']) await seen(part);
    await expect(page.locator('.entry-progress')).toContainText(/\d+ av 4 i november/);
    // wherever one is on the page
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    for (const part of ['.entry-said span', '.entry-said button', '.entry-progress', '.entry-save button']) await seen(part);
    await tap('Ångra', 'button');
    await expect(page.locator('.entry-said')).toContainText('borttaget');
    await context.close();
  });

  test(`on ${name} the first tap after a corrected warning saves`, async ({ browser, server }) => {
    const [context, page] = await entry(browser, server, device);
    const touch = 'hasTouch' in device;
    for (const [n, label] of ['Bra', 'Ja', 'Delvis'].entries()) {
      const option = page.locator('.entry-form .choices').nth(n).getByRole('radio', { name: label });
      await (touch ? option.tap() : option.click());
    }
    const comment = page.getByLabel('Övrig kommentar');
    await comment.click();
    await page.keyboard.type('Ring 060606-1234');
    await expect(page.locator('.field-error')).toContainText('personnummer');
    for (let n = 0; n < ' 060606-1234'.length; n++) await page.keyboard.press('Backspace');
    await expect(page.locator('.field-error'), 'gone while it is mended, not when the field is left').toHaveCount(0);
    // a finger where the button is: what gives way when it lands would move it
    const button = await page.getByRole('button', { name: 'Spara svar' }).boundingBox();
    if (!button) throw new Error('no button');
    const [x, y] = [button.x + button.width / 2, button.y + button.height / 2];
    if (touch) await page.touchscreen.tap(x, y);
    else await page.mouse.click(x, y, { delay: 120 });
    await expect(page.locator('.entry-said')).toContainText('Sparat');
    await page.getByRole('button', { name: 'Ångra' }).click();
    await expect(page.locator('.entry-said')).toContainText('borttaget');
    await context.close();
  });
}

test('a report on a phone: two taps and two texts from Att göra', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, ...phone });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await expect(page.getByRole('heading', { level: 1, name: 'Att göra' })).toBeVisible();
  const report = page.getByRole('link', { name: 'Rapportera avvikelse' });
  await expect(report).toBeInViewport({ ratio: 1 });
  await report.tap();
  await awake(page);
  await page.getByLabel('Vad hände?').fill('Dörren till arkivet stod olåst');
  await page.getByLabel('Vad blev det för konsekvens').fill('Ingen, ingen var inne');
  const button = page.getByRole('button', { name: 'Skicka rapporten' });
  await expect(button).toBeInViewport({ ratio: 1 });
  await button.tap();
  await expect(page.getByRole('heading', { name: /^Din rapport R-/ })).toBeVisible();
  await expect(page.getByText('Din rapport har kommit fram.')).toBeInViewport();
  await context.close();
});

test('a judging says that it is saved where it is seen, on a phone and on a small laptop', async ({ browser, server }) => {
  for (const device of [phone, laptop]) {
    const context = await browser.newContext({ baseURL: server, ...device });
    const page = await context.newPage();
    await logIn(page, 'Enhetschef');
    await page.goto('/egenkontroll');
    await page.locator('.month-grid th[scope=row] a', { hasText: 'Dokumentation' }).first().click();
    await page.locator('.row-title').first().click();
    const run = await page.locator('.card-head a.button[href^="/genomforanden/"]').first().getAttribute('href');
    await page.goto(`${run}?flik=bedom`);
    await awake(page);
    await expect(page.locator('.judge-status')).toBeInViewport({ ratio: 1 });
    await page.locator('.judge-row').nth(3).scrollIntoViewIfNeeded();
    await expect(page.locator('.judge-status'), JSON.stringify(device)).toBeInViewport({ ratio: 1 });
    await context.close();
  }
});
