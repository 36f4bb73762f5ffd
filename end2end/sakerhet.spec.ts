// Säkerhet: a one-time password and its change, roles that are seen, events, and the page between another site and a case.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { logIn, press } from './steps';

/** Logs in by the form. */
async function comeIn(page: Page, email: string, password = 'demo-kvalitet') {
  await page.goto('/logga-in');
  await page.getByLabel('E-post').fill(email);
  await page.getByLabel('Lösenord').fill(password);
  await page.getByRole('button', { name: 'Logga in', exact: true }).click();
  await expect(page).not.toHaveURL(/logga-in/);
}

test('a new person gets a one-time password, and comes in when it is changed', async ({ page, browser, server, axe }) => {
  test.setTimeout(90_000);
  await comeIn(page, 'admin@demo.se');
  await page.goto('/admin/personer/ny');
  await page.getByLabel('Namn', { exact: true }).fill('Handläggare på prov');
  await page.getByLabel('E-post').fill('prov@demo.se');
  await page.getByLabel('Roll', { exact: true }).selectOption('medarbetare');
  await page.getByLabel('Var rollen gäller').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Lägg till person' }).click();
  await expect(page.getByRole('heading', { name: 'Engångslösenord till Handläggare på prov' })).toBeVisible();
  await axe();
  const password = (await page.locator('code.address').textContent()) ?? '';
  await page.getByRole('link', { name: 'Klar' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Handläggare på prov' })).toBeVisible();

  const other = await (await browser.newContext({ baseURL: server })).newPage();
  await comeIn(other, 'prov@demo.se', password);
  await expect(other.getByRole('heading', { name: 'Välj ett eget lösenord' })).toBeVisible();
  await other.goto('/arshjul');
  await expect(other).toHaveURL(/konto\/losenord/);
  const change = async (chosen: string) => {
    await other.getByLabel('Engångslösenordet').fill(password);
    await other.getByLabel('Nytt lösenord', { exact: true }).fill(chosen);
    await other.getByLabel('Nytt lösenord en gång till').fill(chosen);
    await other.getByRole('button', { name: 'Byt lösenord' }).click();
  };
  await change('kvalitet2026!');
  await expect(other.locator('#innehall')).toContainText('lätt att gissa');
  await change('fyra krokiga lampor');
  await expect(other.getByRole('heading', { level: 1, name: 'Att göra' })).toBeVisible();
  await other.context().close();
});

test('the page where a one-time password is changed passes axe', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/konto/losenord');
  await axe();
});

test('a role that opens secrets is seen by the chefer until they say so', async ({ page, browser, server, axe }) => {
  test.setTimeout(90_000);
  await comeIn(page, 'admin@demo.se');
  await page.goto('/admin/personer');
  await page.getByRole('link', { name: 'Metodutvecklare' }).first().click();
  await page.getByLabel('Ny roll').selectOption('lex_sarah');
  await page.getByLabel('Var rollen gäller').selectOption({ index: 1 });
  await press(page, 'Lägg till roll');
  await page.goto('/admin/sakerhet');
  await axe();
  await expect(page.locator('.table')).toContainText('Lex Sarah-utredare');
  await page.getByLabel('Händelse', { exact: true }).selectOption('roll_tillagd');
  await page.getByRole('button', { name: 'Visa' }).click();
  await expect(page.locator('.table tbody tr').first()).toContainText('Roll tillagd');

  for (const email of ['enhetschef@demo.se', 'bitradande@demo.se', 'enhetschef2@demo.se']) {
    const context = await browser.newContext({ baseURL: server });
    const chef = await context.newPage();
    await comeIn(chef, email);
    const seen = chef.getByRole('button', { name: /^Jag har sett det: .*Lex Sarah-utredare/ });
    await expect(seen).toHaveCount(1);
    await seen.click();
    await expect(seen).toHaveCount(0);
    await context.close();
  }
});

test('another site that leads to a case meets a page that opens nothing', async ({ page, server, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/avvikelser?typ=pui&lage=bedomd');
  const path = (await page.locator('.table th a').first().getAttribute('href')) ?? '';
  // a page of another origin with a link to the case
  await page.route('http://ond.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${server}${path}">se</a>` }),
  );
  await page.goto('http://ond.example/');
  await page.getByRole('link', { name: 'se' }).click();
  await expect(page.getByRole('heading', { name: 'Öppna ärendet?' })).toBeVisible();
  await axe();
  await page.getByRole('link', { name: 'Öppna ärendet' }).click();
  await expect(page).toHaveURL(new RegExp(path));
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Öppna ärendet?');
});
