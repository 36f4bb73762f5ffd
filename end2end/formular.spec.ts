// Forms: a day is typed as people write it and read back as one, faults stand in the page's order, what is written is asked about when
// it is left.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

test('a day is typed as 220304 or 4/3, saved, and shown in the one spelling', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/atgarder/ny');
  await page.getByLabel('Vad ska göras?').fill('Mallen för beslut skrivs om');
  await page.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  const due = page.getByLabel('Klar senast');
  await expect(due).toHaveAttribute('type', 'text');
  await due.fill('261204');
  await page.getByLabel('Effekten följs upp').fill('4/3');
  await axe('light', 'dark');
  await press(page, 'Lägg till');
  await expect(page.locator('main')).toContainText('Klar senast2026-12-04');
  await page.goto('/atgarder');
  await page.getByRole('link', { name: 'Mallen för beslut skrivs om' }).first().click();
  await page.getByRole('link', { name: 'Ändra' }).first().click();
  await expect(page.getByLabel('Klar senast')).toHaveValue('2026-12-04');
  // the next 4 March there is
  await expect(page.getByLabel('Effekten följs upp')).toHaveValue('2027-03-04');
});

test('a day that does not exist is told of in words, and faults stand in the order of the page', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/atgarder/ny');
  await page.getByLabel('Effekten följs upp').fill('31/4');
  await page.getByLabel('Klar senast').fill('30 februari');
  await press(page, 'Lägg till');
  const summary = page.locator('.error-summary');
  await expect(summary).toBeFocused();
  const said = await summary.getByRole('link').allTextContents();
  expect(said.at(-2)).toBe('30 februari finns inte. Februari har 28 dagar, ett skottår 29.');
  expect(said.at(-1)).toBe('31 april finns inte. April har 30 dagar.');
  const places = await summary.getByRole('link').evaluateAll((links) => {
    const all = [...document.querySelectorAll('[id]')];
    return links.map((link) => all.findIndex((one) => `#${one.id}` === (link as HTMLAnchorElement).hash));
  });
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  await expect(page.getByLabel('Klar senast')).toHaveAttribute('aria-invalid', 'true');
  await axe('light', 'dark');
  await summary.getByRole('link').last().click();
  await expect(page.getByLabel('Effekten följs upp')).toBeFocused();
});

test('the calendar beside a date gives its day to the text, by keyboard too', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/atgarder/ny');
  await awake(page);
  const field = page.locator('.date-input', { has: page.getByLabel('Klar senast') });
  await page.getByLabel('Klar senast').focus();
  await page.keyboard.press('Tab');
  await expect(field.getByRole('button', { name: 'Öppna almanackan: Klar senast', exact: true })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Öppna almanackan: Effekten följs upp', exact: true })).toHaveCount(1);
  // the calendar itself is the browser's: what it gives is what is looked at
  await field.locator('input[type=date]').evaluate((input: HTMLInputElement) => {
    input.value = '2026-12-04';
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect(page.getByLabel('Klar senast')).toHaveValue('2026-12-04');
  await expect(page.getByLabel('Klar senast')).toBeFocused();
});

test('what is written is asked about when the page is left, and not when it is sent or never kept', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.goto('/atgarder/ny');
  await awake(page);
  await page.getByLabel('Vad ska göras?').pressSequentially('Nya mappar');
  await page.locator('nav').getByRole('link', { name: 'Årshjul' }).first().click();
  await expect(page).toHaveURL(/arshjul/);
  expect(asked).toEqual(['beforeunload']);

  await page.goto('/egenkontroll/importera');
  await awake(page);
  await page.getByLabel('Eller klistra in från Excel').pressSequentially('Nr;Kontrollmål');
  await page.goto('/atgarder/ny');
  await awake(page);
  await page.getByLabel('Vad ska göras?').pressSequentially('Nya mappar');
  await page.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  await page.getByLabel('Klar senast').pressSequentially('261204');
  await press(page, 'Lägg till');
  expect(asked).toEqual(['beforeunload']);
});

test('without JavaScript a date is a text and nothing else', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Enhetschef', exact: true }).click();
  await expect(page).not.toHaveURL(/logga-in/);
  await page.goto('/atgarder/ny');
  await expect(page.getByRole('button', { name: 'Öppna almanackan' })).toHaveCount(0);
  await page.getByLabel('Vad ska göras?').fill('Ny skylt');
  await page.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  await page.getByLabel('Klar senast').fill('4 dec');
  await page.getByRole('button', { name: 'Lägg till' }).click();
  await expect(page.locator('main')).toContainText('Klar senast2026-12-04');
  await context.close();
});
