// How long a slide change takes: `node slide.mjs ADDRESS`, on the demo. Goes through the next APT at 1920 × 1080 with the
// arrow key, and prints how many changes there were, how many of them were drawn within one frame (the next one began on
// time), and the longest in milliseconds. On a machine without a graphics card, which draws in software.
import { chromium } from '@playwright/test';

const base = process.argv[2];
const browser = await chromium.launch({
  executablePath: process.env.KVALITET_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await (await browser.newContext({ baseURL: base, viewport: { width: 1920, height: 1080 } })).newPage();
await page.goto('/logga-in');
await page.getByRole('button', { name: 'Enhetschef', exact: true }).click();
await page.waitForURL(`${base}/`);
await page.goto('/apt');
const path = await page.locator('section:has(#kommande) .row-title').first().getAttribute('href');
await page.goto(`${path}/visa`);
await page.waitForSelector('.deck[data-awake]');
const changes = await page.evaluate(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const shown = () => [...document.querySelectorAll('.deck-slides > .slide')].findIndex((s) => s.classList.contains('is-current'));
  const count = document.querySelectorAll('.deck-slides > .slide').length;
  const took = [];
  for (let round = 0; round < 5; round += 1) {
    for (let n = 0; n < count - 1; n += 1) {
      // as soon as the last frame is out, so that a whole frame's time is there
      let last = await frame();
      const before = shown();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      let now = last;
      while (shown() === before || now === last) now = await frame();
      // the frame after the one that was drawn with the new slide begins when that one is done
      took.push((await frame()) - now);
    }
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    await frame();
  }
  return took;
});
const inTime = changes.filter((ms) => ms < 1.5 * (1000 / 60)).length;
console.log(`${inTime} of ${changes.length}, longest ${Math.max(...changes).toFixed(0)} ms`);
await browser.close();
