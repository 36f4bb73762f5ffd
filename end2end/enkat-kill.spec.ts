// The server is killed in the middle of a burst of answers, and started again on the same file: every answer is there once.
import { expect, test } from './fixture';
import { awake, logIn, takenAnswers } from './steps';

test('kill -9 in the middle of a burst loses no answer and doubles none', async ({ browser, own }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ baseURL: own.address });
  const page = await context.newPage();
  await logIn(page, 'Metodutvecklare');
  await page.goto('/enkater');
  const path = (await page.getByRole('link', { name: /^Samtal per telefon 2026/ }).first().getAttribute('href')) ?? '';
  const before = await takenAnswers(page, path);
  await page.goto(`${path}/svara`);
  await awake(page);
  let acknowledged = 0;
  page.on('response', async (response) => {
    if (response.url().endsWith('/api/create_enkatsvar') && response.ok()) acknowledged += ((await response.json().catch(() => [])) as unknown[]).length;
  });
  const enter = async () => {
    for (const key of ['1', '2', '1', 'Enter']) await page.keyboard.press(key);
    await expect(page.locator('.entry-said')).toContainText('Sparat');
    await expect(page.locator('.entry-form input:checked')).toHaveCount(0);
  };
  for (let n = 0; n < 8; n++) await enter();
  await expect.poll(() => acknowledged).toBeGreaterThan(0);
  await Promise.all([own.kill(), enter()]);
  for (let n = 0; n < 6; n++) await enter();
  await expect(page.locator('.outbox')).toContainText(/väntar på nät/);
  await own.again();
  // as the button "Skicka nu" does; it is gone when the page has sent by itself meanwhile
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.locator('.outbox')).toBeHidden({ timeout: 30_000 });
  expect(await takenAnswers(page, path)).toBe(before + 15);
  // and what the person has entered is told again by the device
  await page.goto(`${path}/svara`);
  await awake(page);
  await expect(page.locator('.entry-progress')).toContainText('15 av 4');
  await context.close();
});
