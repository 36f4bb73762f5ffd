// The way through the product: log in, see what is due, tick it off, see it leave Att göra and turn green everywhere.
import { expect, test } from './fixture';
import { awake, logIn } from './steps';

test('an enhetschef logs in with one click, ticks off a control and sees it leave Att göra and turn green in wheel, grid and list', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await expect(page.getByRole('heading', { name: 'Att göra' })).toBeVisible();
  const row = page.locator('.row', { has: page.getByRole('button', { name: /^Ingen avvikelse:/ }) }).first();
  const title = (await row.locator('.row-title').textContent()) ?? '';
  const href = (await row.locator('.row-title').getAttribute('href')) ?? '';
  const id = href.split('/').pop() ?? '';
  expect(title).not.toBe('');

  await row.getByRole('button', { name: /^Ingen avvikelse:/ }).click();
  // with the month, the week or the day that it is of
  await expect(page.getByRole('status')).toContainText(new RegExp(`${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}, .+ är utförd`));
  await expect(page.locator(`#rad-${id}`)).toHaveCount(0);

  // the crowded months of the whole year gather their marks; what else stands here depends on the specs before this one
  await page.goto('/arshjul?zoom=t3&kategori=internkontroll');
  const mark = page.locator(`.wheel a[href="${href}"]`);
  await expect(mark).toHaveAttribute('aria-label', /utförd/i);
  await page.goto('/internkontroll');
  await expect(page.locator(`.month-grid a[href="${href}"]`).first()).toHaveAttribute('aria-label', /: utförd/);
  await page.goto('/arshjul?vy=lista');
  await expect(page.locator(`#rad-${id}`).getByRole('img', { name: 'Utförd' })).toBeVisible();
});

test('Ångra straight after gives the control back without a reason', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  const button = page.getByRole('button', { name: /^Ingen avvikelse:/ }).first();
  const row = page.locator('.row', { has: button }).first();
  const id = await row.getAttribute('id');
  await button.click();
  await expect(page.locator(`#${id}`)).toHaveCount(0);
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.getByRole('status')).toContainText('åter att göra');
  await expect(page.locator(`#${id}`)).toBeVisible();
});

test('a deviation without a text is refused at the field, and what was typed stays', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  const row = page.locator('.row', { has: page.getByRole('button', { name: /^Ingen avvikelse:/ }) }).first();
  await row.locator('summary').first().click();
  await expect(row.getByLabel('Avvikelse', { exact: true }), 'what was pressed is what is chosen').toBeChecked();
  await row.getByLabel('Dag').fill('2026-11-20');
  await row.getByRole('button', { name: 'Spara avvikelse' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'Skriv vad som avvek.' });
  await expect(summary).toBeVisible();
  await expect(summary).toBeFocused();
  const opened = page.locator('.row', { has: page.locator('details[open] .error-summary') });
  await expect(opened.locator('.field-error')).toHaveText('Skriv vad som avvek.');
  await expect(opened.getByLabel('Avvikelse', { exact: true })).toBeChecked();
  await expect(opened.getByLabel('Dag')).toHaveValue('2026-11-20');

  await opened.getByLabel('Vad avvek?').fill('Fyra av elva ärenden saknar plan. <b>Två</b> är bokade. 🙂');
  await opened.getByRole('button', { name: 'Spara avvikelse' }).click();
  await expect(page.getByRole('status')).toContainText('är utförd: avvikelse');
  await page.getByRole('link', { name: 'Lägg till en åtgärd' }).click();
  await expect(page.getByRole('heading', { name: 'Ny åtgärd' })).toBeVisible();
  await expect(page.getByLabel('Varför?')).toHaveValue(/Fyra av elva ärenden saknar plan/);
});

test('a control is ticked off from the month grid by keyboard alone', async ({ page }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll');
  // one that a click ticks off: what has been begun is a link to where it goes on
  const cell = page.locator('.month-grid td:has(.popover form) button.cell').first();
  const label = (await cell.getAttribute('aria-label')) ?? '';
  await cell.focus();
  await page.keyboard.press('Enter');
  const popover = page.locator('.popover:popover-open');
  await expect(popover).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('är utförd');
  await expect(page.getByLabel(label, { exact: true })).toHaveCount(0);
});

test('of two who tick at once the second sees what the first did, and nothing is overwritten', async ({ page, browser, server }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/?visa=enheten');
  const button = page.getByRole('button', { name: /^Ingen avvikelse:/ }).last();
  const row = page.locator('.row', { has: button }).last();
  const href = (await row.locator('.row-title').getAttribute('href')) ?? '';
  const second = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(second, 'Biträdande enhetschef');
  await second.goto(href);
  await page.goto(href);
  await page.getByRole('button', { name: /^Ingen avvikelse:/ }).click();
  await expect(page.getByRole('status')).toContainText('är utförd');
  await second.getByRole('button', { name: /^Ingen avvikelse:/ }).click();
  await expect(second.getByRole('alert').filter({ hasText: 'redan utförd av Enhetschef' })).toBeVisible();
  await second.context().close();
});

test('without JavaScript the same tick works as a form', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Biträdande enhetschef', exact: true }).click();
  const button = page.getByRole('button', { name: /^(Ingen avvikelse|Utförd|Klar):/ }).first();
  await button.click();
  await expect(page.locator('.toast')).toContainText('är utförd');
  await context.close();
});

// a request that is not answered is an error in the console: so not the page of the fixture
test('when the server is out of reach the form stays and says so', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await page.goto('/aktiviteter/ny');
  await awake(page);
  await page.getByLabel('Vad', { exact: true }).fill('Planeringsdag i skogen');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Lägg på hjulet' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Servern nås inte' })).toBeVisible();
  await expect(page.getByLabel('Vad', { exact: true })).toHaveValue('Planeringsdag i skogen');
  await context.setOffline(false);
  await page.getByLabel('Dag eller första dag').fill('2026-12-03');
  await page.getByRole('button', { name: 'Lägg på hjulet' }).click();
  await expect(page.getByRole('status')).toContainText('Planeringsdag i skogen ligger på hjulet');
  await context.close();
});
