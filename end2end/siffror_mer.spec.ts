// What a series is made of and seen beside: reckoned from others, compared with another and with a key figure of Kolada, and a figure of a
// control that goes into it.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

/** Opens a series of the demo by its name in the list. */
async function open(page: Page, name: string) {
  await page.goto('/siffror');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Tabellen bakom' })).toBeVisible();
}

/** From the page of a series to where it is changed. */
async function change(page: Page) {
  await page.locator('main').getByRole('link', { name: 'Ändra', exact: true }).click();
  await expect(page).toHaveURL(/\/redigera$/);
  await awake(page);
}

test('a series is made of two others through the form, and each page says how they belong together', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/siffror/ny');
  await awake(page);
  await page.getByLabel('Vad heter serien?').fill('Andel ensamstående kvinnor');
  await page.getByLabel('Decimaler').fill('1');
  const reckoned = page.getByRole('group', { name: 'Räknas ut ur andra serier' });
  await reckoned.getByLabel('Serie A').selectOption({ label: 'Hushåll efter hushållstyp: Ensamstående kvinnor' });
  await reckoned.getByLabel('Räknesätt').selectOption({ label: 'Delat med' });
  await axe();
  // the other part is missing: it is asked for, and what was chosen stays
  await press(page, 'Skapa serien');
  await expect(page.getByRole('alert')).toContainText('Välj den andra serien.');
  await expect(reckoned.getByLabel('Räknesätt')).toHaveValue('delat');
  await reckoned.getByLabel('Serie B').selectOption({ label: 'Hushåll med ekonomiskt bistånd' });
  await press(page, 'Skapa serien');

  // nobody fills it: it has its values at once. 150 of 336 in September
  await expect(page).toHaveURL(/\/siffror\/[0-9a-f-]{36}$/);
  const side = page.getByRole('complementary', { name: 'Om serien' });
  await expect(side).toContainText(/Hushåll efter hushållstyp: Ensamstående kvinnor\s+delat med\s+Hushåll med ekonomiskt bistånd/);
  await expect(side).toContainText(/räknas ut när/i);
  await expect(page.getByRole('region', { name: /^Tabellen bakom/ })).toContainText('44,6');
  await expect(page.locator('svg.chart-serie')).toBeVisible();
  await expect(page.getByRole('link', { name: /^Fyll på/ })).toHaveCount(0);
  await axe();

  await side.getByRole('link', { name: 'Hushåll med ekonomiskt bistånd', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Används i' })).toBeVisible();
  await expect(page.locator('.serie-uses').getByRole('link', { name: 'Andel ensamstående kvinnor' })).toBeVisible();
});

test('a comparison with another series of the unit stands in the picture and in a table, and is taken away again', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await open(page, 'Hushåll med ekonomiskt bistånd');
  await change(page);
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Lägg till jämförelsen' }) });
  await form.getByLabel('Jämför med serien').selectOption({ label: 'Hushåll efter hushållstyp' });
  await form.getByLabel('Vad ska linjen heta?').fill('Efter typ');
  await press(page, 'Lägg till jämförelsen');
  const chosen = page.locator('#jamforelser .row');
  await expect(chosen).toContainText('Efter typ: Serien Hushåll efter hushållstyp');
  await axe();

  await open(page, 'Hushåll med ekonomiskt bistånd');
  await expect(page.locator('svg.chart-serie')).toContainText('Efter typ');
  await expect(page.locator('.serie-chart .serie-note', { hasText: 'Efter typ' }).getByRole('link', { name: 'Serien Hushåll efter hushållstyp' })).toBeVisible();
  // the parts of September make 322
  const beside = page.getByRole('region', { name: 'Jämförelser med andra serier' });
  await expect(beside.getByRole('row', { name: /^Efter typ/ })).toContainText('322');
  await axe();

  await change(page);
  await press(page, 'Ta bort: Efter typ: Serien Hushåll efter hushållstyp');
  await expect(chosen).toHaveCount(0);
  await open(page, 'Hushåll med ekonomiskt bistånd');
  await expect(page.locator('svg.chart-serie')).not.toContainText('Efter typ');
});

test('a key figure of Kolada is read in from what Kolada answers, and its source stands under the picture', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await open(page, 'Utredningar klara i tid');
  await change(page);
  await page.getByText('Jämför med ett nyckeltal från Kolada', { exact: true }).click();
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Lägg till nyckeltalet' }) });
  await form.getByLabel('Nyckeltal').fill('N31807');
  await form.getByLabel('Kommun eller grupp').fill('0180');
  await form.getByLabel('Vad ska linjen heta?').fill('Stockholms stad');
  await press(page, 'Lägg till nyckeltalet');
  await expect(page.locator('#jamforelser .row')).toContainText('Stockholms stad: Kolada: N31807, 0180');

  await page.getByRole('link', { name: 'Läs in från fil: Stockholms stad' }).click();
  await expect(page).toHaveURL(/\/jamforelse\/[^/]+\/fil$/);
  await awake(page);
  await axe('light', 'dark');
  await page.getByLabel('Eller klistra in det som Kolada svarar').fill('{"values": [');
  await press(page, 'Läs in');
  await expect(page.getByRole('alert')).toContainText('är inte ett svar från Kolada');
  const year = (period: number, value: number, municipality = '0180') => ({
    kpi: 'N31807',
    municipality,
    period,
    values: [
      { gender: 'T', count: 1, status: '', value, isdeleted: false },
      { gender: 'K', count: 1, status: 'Missing', value: null, isdeleted: false },
    ],
  });
  const answer = { values: [year(2024, 77.777), year(2025, 81.4), year(2025, 60, '1480')], next_url: null, previous_url: null, count: 3 };
  await page.getByLabel('Eller klistra in det som Kolada svarar').fill(JSON.stringify(answer));
  await press(page, 'Läs in');

  await expect(page).toHaveURL(/\/siffror\/[0-9a-f-]{36}$/);
  const said = page.locator('.toast-text');
  await expect(said).toContainText('2 år är inlästa för N31807, 0180: 2024–2025.');
  // of another kommun, all and kvinnor
  await expect(said).toContainText('2 värden av annat lästes inte.');
  const note = page.locator('.serie-chart .serie-note', { hasText: 'Stockholms stad' });
  await expect(note).toContainText('Källa: Kolada');
  await expect(note).toContainText('N31807, 0180');
  const years = page.getByRole('region', { name: 'Nyckeltal från Kolada' }).getByRole('row', { name: /^Stockholms stad/ });
  await expect(years).toContainText('77,8');
  await expect(years).toContainText('81,4');
  await axe();
});

test('a figure of a control goes into a series with its time, and the control leads to it', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/siffror/ny');
  await awake(page);
  await page.getByLabel('Vad heter serien?').fill('Hembesök');
  await page.getByLabel('Vad för slags siffra är det?').selectOption('flode');
  await page.getByLabel('Enhet', { exact: false }).first().fill('besök');
  await press(page, 'Skapa serien');
  await expect(page).toHaveURL(/\/fyll$/);
  const serie = new URL(page.url()).pathname.replace(/\/fyll$/, '');

  // one that has begun, and none of those whose earlier figures are proposed
  await page.goto('/?visa=enheten');
  const due = page.locator('.row:not(.late-group)', { has: page.getByRole('button', { name: /^Ingen avvikelse:/ }) });
  const proposed = page.locator('.row-title', { hasText: 'hushåll' });
  const href = await due.filter({ hasNot: proposed }).first().locator('.row-title').getAttribute('href');
  expect(href).toMatch(/^\/forekomster\//);
  await page.goto(href!);
  await awake(page);
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Spara som utförd', exact: true }) });
  await form.getByLabel('Ingen avvikelse', { exact: true }).check();
  await form.getByText('Siffror att följa, till exempel antal hushåll').click();
  await form.getByLabel('Vad').first().fill('Hembesök');
  await form.getByLabel('Värde').first().fill('12');
  await form.getByLabel('Enhet').first().fill('besök');
  await form.getByLabel('Gäller').first().fill('2027');
  await form.getByLabel('För in i serien').first().selectOption({ label: 'Hembesök (besök, månad)' });
  await axe();
  await press(page, 'Spara som utförd');
  await expect(form.getByRole('alert')).toContainText('2027 har inte börjat.');
  await expect(form.getByLabel('Värde').first()).toHaveValue('12');
  await form.getByLabel('Gäller').first().fill('okt 2026');
  await press(page, 'Spara som utförd');

  await page.goto(href!);
  const link = page.locator('main').getByRole('link', { name: 'serien ”Hembesök”, oktober 2026', exact: true });
  await expect(link).toHaveAttribute('href', serie);
  await axe();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('12 besök');
  await expect(page.getByRole('region', { name: /^Tabellen bakom/ })).toContainText('12');
  await expect(page.locator('main')).toContainText('Siffror från en kontroll');
});
