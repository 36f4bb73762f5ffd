// The administrator of a city: persons from a list, what a new unit is told, help on each page.
import { expect, test } from './fixture';
import { logIn, press } from './steps';

test('twenty persons are read in from a pasted list, and what is wrong in it is mended where it stands', async ({ page, axe }) => {
  await logIn(page, 'Administratör');
  await page.goto('/admin/personer');
  await page.getByRole('link', { name: 'Läs in en lista' }).click();
  await expect(page.getByRole('heading', { name: 'Så ser listan ut' })).toBeVisible();
  const unit = await page.getByRole('region', { name: 'Mall för listan' }).locator('td').last().innerText();
  const rows = Array.from({ length: 20 }, (_, n) => `Handläggare L${n}\tlista${n}@demo.se\tHandläggare\t${unit}`);
  const field = page.getByLabel('Eller klistra in från Excel');
  await field.fill(['Namn\tE-post\tRoll\tEnhet', ...rows, `Handläggare L20\tfel\tVaktmästare\t${unit}`].join('\n'));
  await press(page, 'Förhandsgranska');
  await expect(page.getByRole('heading', { name: '20 läggs till, 1 behöver rättas' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Rad 22, E-post: Skriv e-postadressen/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Läs in/ })).toHaveCount(0);
  await axe('light', 'dark');
  await field.fill((await field.inputValue()).split('\n').slice(0, 21).join('\n'));
  await press(page, 'Förhandsgranska igen');
  await page.getByRole('button', { name: 'Läs in 20 personer' }).click();
  await expect(page.getByRole('heading', { name: 'Engångslösenord' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Engångslösenord' }).locator('tbody tr')).toHaveCount(20);
  await axe('light', 'dark');
  await page.getByRole('link', { name: 'Klar' }).click();
  await page.goto('/admin/personer?sok=lista19');
  await expect(page.getByRole('link', { name: 'Handläggare L19' })).toBeVisible();
});

test('a list is read in without JavaScript', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await logIn(page, 'Administratör');
  await page.goto('/admin/personer/importera');
  const unit = await page.getByRole('region', { name: 'Mall för listan' }).locator('td').last().innerText();
  await page.getByLabel('Eller klistra in från Excel').fill(`Enhet;Funktion;E-post;Namn\n${unit};Handläggare;utan.skript@demo.se;Handläggare U`);
  await page.getByRole('button', { name: 'Förhandsgranska' }).click();
  await page.getByRole('button', { name: 'Läs in 1 person' }).click();
  await expect(page.getByText('1 person är tillagd.')).toBeVisible();
  await context.close();
});

test('each page says in a few sentences what it is, and paper does not', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  for (const path of ['/', '/egenkontroll', '/enkater', '/apt']) {
    await page.goto(path);
    const help = page.locator('details.page-help');
    await expect(help.locator('p')).toBeHidden();
    await help.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect(help.locator('p'), path).toBeVisible();
    await axe('light', 'dark');
    await page.emulateMedia({ media: 'print' });
    await expect(help).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
  }
});
