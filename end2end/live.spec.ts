// What one person does is seen by the others without a reload, also after the server was away.
import { expect, test } from './fixture';
import { line } from './line';
import { awake, logIn } from './steps';

test('a control that one ticks off leaves the list of another within a second, and what is being typed is left alone', async ({ browser, server }) => {
  const chef = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(chef, 'Enhetschef');
  await chef.goto('/?visa=enheten');
  await awake(chef);
  const other = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(other, 'Biträdande enhetschef');
  await other.goto('/?visa=enheten');
  await awake(other);
  const button = other.getByRole('button', { name: /^(Utförd|Klar):/ }).first();
  const name = (await button.getAttribute('aria-label')) ?? '';
  const row = chef.getByRole('button', { name, exact: true });
  const before = await row.count();
  expect(before).toBeGreaterThan(0);

  // somebody writes in the list: it waits
  await chef.getByText('Avvikelse', { exact: true }).first().click();
  const note = chef.locator('details.row-more[open] textarea').first();
  await note.fill('Halvskrivet');
  await button.click();
  await expect(other.locator('.toast')).toContainText('är utförd');
  await expect(note).toHaveValue('Halvskrivet');
  await chef.locator('details.row-more[open] summary').first().click();
  await chef.locator('h1').click();
  await expect(row).toHaveCount(before - 1);
  await chef.context().close();
  await other.context().close();
});

test('two tabs share one stream, and a server that comes back is caught up with', async ({ browser, own }) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ baseURL: own.address });
  let streams = 0;
  context.on('request', (request) => {
    if (request.url().endsWith('/handelser')) streams += 1;
  });
  const [page, second] = [await context.newPage(), await context.newPage()];
  await logIn(page, 'Enhetschef');
  await awake(page);
  await expect.poll(() => streams).toBe(1);
  await second.goto('/arshjul');
  await awake(second);
  await second.goto('/?visa=enheten');
  await awake(second);
  expect(streams).toBe(1);

  await own.kill();
  await expect(page.locator('html[data-away]')).toBeVisible();
  await own.again();
  await expect(page.locator('html:not([data-away])')).toBeVisible({ timeout: 20_000 });
  const other = await (await browser.newContext({ baseURL: own.address })).newPage();
  await other.goto('/logga-in');
  await other.getByLabel('E-post').fill('bitradande@demo.se');
  await other.getByLabel('Lösenord').fill('demo-kvalitet');
  await other.getByRole('button', { name: 'Logga in' }).click();
  await expect(other).not.toHaveURL(/logga-in/);
  await other.goto('/?visa=enheten');
  const button = other.getByRole('button', { name: /^(Utförd|Klar):/ }).first();
  const name = (await button.getAttribute('aria-label')) ?? '';
  const row = second.getByRole('button', { name, exact: true });
  const before = await row.count();
  await button.click();
  await expect(row).toHaveCount(before - 1);
  await other.context().close();
  await context.close();
});

test('a laptop that has slept does not trust a line that is dead: it asks anew and hears again', async ({ browser, server }) => {
  const way = await line(server);
  const context = await browser.newContext({ baseURL: way.address });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await page.clock.install();
  await page.goto('/forslag');
  await awake(page);
  await expect.poll(way.streams).toBe(1);
  way.die();
  const other = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(other, 'Handläggare');
  for (const [n, what] of ['Sagt medan datorn sov', 'Sagt när den hade vaknat'].entries()) {
    await other.goto('/forslag');
    await other.getByLabel('Vad?').fill(what);
    // what has no name is not told at once
    await other.getByLabel('Visa mitt namn').check();
    await other.getByRole('button', { name: 'Skicka' }).click();
    await expect(other.locator('.row', { hasText: what })).toBeVisible();
    if (n === 0) {
      await expect(page.locator('.row', { hasText: what }), 'nothing comes over a dead line').toHaveCount(0);
      await page.clock.fastForward('10:00');
    }
    await expect(page.locator('.row', { hasText: what })).toBeVisible();
  }
  await expect(page.locator('html[data-away]')).toHaveCount(0);
  await other.context().close();
  await context.close();
  await way.close();
});

test('a proxy that holds back what is sent at once is said, and the page asks by the clock', async ({ browser, server }) => {
  const way = await line(server);
  way.hold();
  const context = await browser.newContext({ baseURL: way.address });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await page.clock.install();
  await page.goto('/forslag');
  await awake(page);
  await expect.poll(way.streams).toBe(1);
  const said = page.getByText('Sidan uppdateras var 45:e sekund');
  await expect(said).toBeHidden();
  await page.clock.fastForward('00:20');
  await expect(said).toBeVisible();
  await expect(page.locator('html[data-away]'), 'pages come: the server is there').toHaveCount(0);

  const other = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(other, 'Handläggare');
  await other.goto('/forslag');
  await other.getByLabel('Vad?').fill('Sagt bakom en proxy');
  await other.getByLabel('Visa mitt namn').check();
  await other.getByRole('button', { name: 'Skicka' }).click();
  await expect(other.locator('.row', { hasText: 'Sagt bakom en proxy' })).toBeVisible();
  await page.clock.fastForward('00:50');
  await expect(page.locator('.row', { hasText: 'Sagt bakom en proxy' })).toBeVisible();
  await expect(said).toBeVisible();
  await expect(page.locator('html[data-away]')).toHaveCount(0);
  await other.context().close();
  await context.close();
  await way.close();
});
