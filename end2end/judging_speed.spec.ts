// How quick judging is. Prints what it measures; the bounds are those of the machine that runs it. Without a trace: its
// snapshots of twenty thousand nodes at every key would be most of what is measured.
import { expect, test } from './fixture';
import { begin, focusCell, words } from './judging';
import { logIn } from './steps';

test.use({ trace: 'off' });

test('two hundred cases with ten criteria are judged without a wait', async ({ page }) => {
  test.setTimeout(180_000);
  await logIn(page, 'Metodutvecklare');
  await begin(page, 'Stor kontroll', Array.from({ length: 10 }, (_, i) => `Kriterium ${i + 1}`).join('\n'), 200, 400);
  await focusCell(page, 1, 1);
  const bytes = await page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).decodedBodySize);
  // the time that the page's own thread works, whatever else the machine does
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const work = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return (metrics.find((m) => m.name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await work();
  for (let i = 0; i < 50; i++) await page.keyboard.press('jne'[i % 3], { delay: 80 });
  const perKey = ((await work()) - before) / 50;
  await page.evaluate(() => {
    const w = window as unknown as { frames_: number[]; handled: number[]; saved: number[] };
    [w.frames_, w.handled, w.saved] = [[], [], []];
    let last = performance.now();
    const frame = (now: number) => {
      w.frames_.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    let pressed = 0;
    document.addEventListener('keydown', () => (pressed = performance.now()), { capture: true });
    document.addEventListener('keydown', () => w.handled.push(performance.now() - pressed));
    const line = document.querySelector('.judge-words') as Element;
    new MutationObserver(() => {
      if (line.textContent?.startsWith('Sparat ') && pressed) {
        w.saved.push(performance.now() - pressed);
        pressed = 0;
      }
    }).observe(line, { childList: true, characterData: true, subtree: true });
  });
  // a fast hand: twelve answers a second, a hundred of them
  for (let i = 0; i < 100; i++) await page.keyboard.press('jne'[i % 3], { delay: 80 });
  await expect(words(page)).toHaveText(/^Sparat/);
  const typed = await page.evaluate(() => {
    const w = window as unknown as { frames_: number[]; handled: number[] };
    return { frames: w.frames_.slice(2), handled: w.handled };
  });
  // and one at a time, to its "Sparat"
  await page.evaluate(() => ((window as unknown as { saved: number[] }).saved = []));
  for (let i = 0; i < 15; i++) {
    await page.keyboard.press('n');
    await expect.poll(() => page.evaluate(() => (window as unknown as { saved: number[] }).saved.length)).toBe(i + 1);
  }
  const saved = await page.evaluate(() => (window as unknown as { saved: number[] }).saved);
  const at = (values: number[], share: number) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)].toFixed(1);
  console.log(
    `200 × 10: page ${(bytes / 1024).toFixed(0)} KB; frame median ${at(typed.frames, 0.5)} ms, 95 % ${at(typed.frames, 0.95)} ms, longest ${at(typed.frames, 1)} ms; ` +
      `the page works ${perKey.toFixed(1)} ms per key; key handled in ${at(typed.handled, 0.5)} ms (median), ${at(typed.handled, 1)} ms (longest); key to "Sparat" ${at(saved, 0.5)} ms (median), ${at(saved, 1)} ms (longest)`,
  );
  expect(await page.locator('.jne:not(.kon) input:checked').count()).toBe(165);
});
