// The server is killed in the middle of a burst of answers, and started again on the same file: every answer is there once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, start, test } from './fixture';
import { awake, logIn, takenAnswers } from './steps';

test('kill -9 in the middle of a burst loses no answer and doubles none', async ({ browser }) => {
  test.setTimeout(180_000);
  const dir = await mkdtemp(join(tmpdir(), 'kvalitet-kill-'));
  const database = ['--database', `sqlite://${dir}/demo.db`];
  let server = await start(['demo', ...database, '--listen', '127.0.0.1:0']);
  const listen = ['--listen', server.address.replace('http://', '')];
  const context = await browser.newContext({ baseURL: server.address });
  try {
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
    await Promise.all([server.stop('SIGKILL'), enter()]);
    for (let n = 0; n < 6; n++) await enter();
    await expect(page.locator('.outbox')).toContainText(/väntar på nät/);
    server = await start([...database, ...listen]);
    // as the button "Skicka nu" does; it is gone when the page has sent by itself meanwhile
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(page.locator('.outbox')).toBeHidden({ timeout: 30_000 });
    expect(await takenAnswers(page, path)).toBe(before + 15);
    // and what the person has entered is told again by the device
    await page.goto(`${path}/svara`);
    await awake(page);
    await expect(page.locator('.entry-progress')).toContainText('15 av 4');
  } finally {
    await context.close();
    await server.stop('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  }
});
