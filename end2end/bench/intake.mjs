// How soon the intake form takes and keeps typed text on a phone with a slow net: `node intake.mjs ADDRESS`.
// Prints milliseconds from the tap on the address to the first paint of the form, when the text is typed that has to be kept:
// for a first visit and for one with the files already on the phone. Ends with 1 when a letter of it was lost.
//
// "Slow 4G" is 1.6 Mbit/s down, 750 kbit/s up and 150 ms there and back, as in Lighthouse's throttling of a mobile.
import { chromium } from '@playwright/test';

const base = process.argv[2];
const text = 'Ett brev låg kvar i skrivaren';
const slow = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

const browser = await chromium.launch({
  executablePath: process.env.KVALITET_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function measure(visitedBefore) {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  // logged in by the form alone, so that nothing but the cookie is there beforehand
  await page.route(/\.(js|wasm|css|woff2)$/, (route) => (visitedBefore ? route.continue() : route.abort()));
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Handläggare', exact: true }).click();
  await page.waitForURL(`${base}/`);
  if (visitedBefore) {
    await page.goto('/avvikelser/ny');
    await page.waitForFunction(() => document.documentElement.dataset.awake === 'true');
  }
  await page.goto('about:blank');
  await page.unroute(/\.(js|wasm|css|woff2)$/);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', slow);
  await page.goto('/avvikelser/ny', { waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  await page.getByLabel('Vad hände?').focus();
  await page.keyboard.type(text);
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  const typed = await page.evaluate(() => performance.now());
  await page.waitForFunction(() => document.documentElement.dataset.awake === 'true');
  const awake = await page.evaluate(() => performance.now());
  if ((await page.getByLabel('Vad hände?').inputValue()) !== text) throw new Error('the text was lost when the page woke');
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.awake === 'true');
  await page.waitForFunction((text) => document.querySelector('textarea')?.value === text, text, { timeout: 5_000 });
  await context.close();
  return { painted, typed, awake };
}

for (const [what, before] of [
  ['first', false],
  ['again', true],
]) {
  const { painted, typed, awake } = await measure(before);
  console.log(`${what} ${painted.toFixed(0)} ${typed.toFixed(0)} ${awake.toFixed(0)}`);
}
await browser.close();
