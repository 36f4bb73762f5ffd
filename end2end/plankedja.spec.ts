// Plankedja: from the goals of a year to what is said of the next: a chain is pasted, copied to the new year, the outcomes of its first tertial
// are written from the keyboard, each status is proposed and one is set by hand, and everything that shows a status shows the same.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, press } from './steps';

// tertial 1 is what is reported in May
test.use({ today: '2026-05-20' });

// the goals of the demo's city and avdelning, which the unit's own lie under
const above = readFileSync(new URL('../server/web/demo/malkedja-sodermalm-2014.csv', import.meta.url), 'utf8').split(/\r?\n/).slice(0, 4);
const forsorjning = 'Fler hushåll blir självförsörjande';
const iTid = 'Alla får besök och beslut i tid';
const namndmal = 'Individen klarar sin egen försörjning';
const chain = [...above, `Åtagande;;${forsorjning};${namndmal}`, `Åtagande;;${iTid};${namndmal}`].join('\n').replaceAll(';', '\t');

// what is measured: its goal, the year's goal, the outcome of tertial 1, and what the product proposes of it
const measured = [
  { namn: 'Har en plan inom tre månader', mal: forsorjning, arsmal: '75', utfall: '80 %', status: 'uppnås' },
  { namn: 'Besök inom två veckor', mal: iTid, arsmal: '80', utfall: '74 %', status: 'uppnås delvis' },
  { namn: 'Beslut inom tio dagar', mal: iTid, arsmal: '90', utfall: '40 %', status: 'uppnås inte alls' },
];
const table = ['Mål;Indikator;Enhet;Riktning;Årsmål;Periodicitet', ...measured.map((one) => `${one.mal};${one.namn};%;högre;${one.arsmal};Tertial`)]
  .join('\n')
  .replaceAll(';', '\t');

const row = (page: Page, namn: string) => page.locator('.utfall-tabell tr', { hasText: namn });
const stands = (page: Page, namn: string) => row(page, namn).locator('.utfall-lage .marke-ord');

async function comeIn(page: Page) {
  await page.goto('/logga-in');
  await page.getByLabel('E-post').fill('enhetschef2@demo.se');
  await page.getByLabel('Lösenord').fill('demo-kvalitet');
  await press(page, 'Logga in');
  await expect(page).not.toHaveURL(/logga-in/);
}

async function paste(page: Page, text: string, button: string) {
  await awake(page);
  await page.getByLabel('Eller klistra in från Excel').fill(text);
  await press(page, 'Förhandsgranska');
  await awake(page);
  await press(page, button);
}

test('a chain is pasted, copied to the new year and followed, and all that shows a status shows the same', async ({ page, axe }) => {
  test.setTimeout(180_000);
  await comeIn(page);
  await page.goto('/verksamhetsplan?ar=2025');
  await expect(page.locator('main')).toContainText('Ingen plan för 2025 än');
  await awake(page);
  await page.locator('label', { hasText: 'Åtaganden' }).click();
  await press(page, 'Börja och läs in en målkedja');
  await paste(page, chain, 'Läs in 2 mål');
  await expect(page.locator('main')).toContainText('Två åtaganden har ingen bedömning än');
  await page.getByRole('link', { name: 'Läs in en tabell' }).click();
  await paste(page, table, 'Läs in 3 nya indikatorer');
  await expect(page).toHaveURL(/\/utfall$/);

  await page.goto('/verksamhetsplan?ar=2026');
  await awake(page);
  await press(page, 'Kopiera till 2026');
  await expect(page.locator('.page-head .sub')).toContainText('Verksamhetsplan 2026 · utkast · tertial 1');
  await expect(page.locator('.plan-mening')).toHaveText('Tre indikatorer har ingen bedömning än.');
  await axe();
  const plan = page.url().split(/[?#]/)[0];
  for (const { namn } of measured) {
    await page.goto(`${plan}/utfall`);
    await row(page, namn).getByRole('link', { name: namn, exact: true }).click();
    await page.getByRole('link', { name: 'Ändra', exact: true }).click();
    await awake(page);
    await page.getByLabel('På APT', { exact: true }).check();
    await press(page, 'Spara');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(namn);
  }

  // what is due is asked for where the day begins, and leads to where it is written
  await page.goto('/');
  const asked = page.locator('.row', { hasText: 'Fyll i utfall för tre indikatorer' });
  await expect(asked).toContainText('Tertial 1 2026');
  await asked.getByRole('link').click();
  await expect(page).toHaveURL(/period=2026-T1/);
  await awake(page);
  await axe();
  await page.getByLabel(`Totalt, ${measured[0].namn}`, { exact: true }).focus();
  for (const { utfall } of measured) {
    await page.keyboard.type(utfall);
    await page.keyboard.press('Enter');
  }
  for (const { namn, status } of measured) await expect(stands(page, namn)).toHaveText(status);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Tertial 1: alla ifyllda/);
  await expect(page.locator('.utfall-sparat [role=status]')).toHaveText(/^Sparat \d\d\.\d\d$/);
  await axe('light', 'dark');
  await page.goto(plan);
  await expect(page.locator('.plan-mening')).toHaveText('En av tre indikatorer uppnås, en delvis och en inte alls.');

  // who knows more says so, and why
  await page.goto(`${plan}/utfall?period=2026-T1`);
  await awake(page);
  await page.getByLabel(`Totalt, ${measured[2].namn}`, { exact: true }).focus();
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/#status$/);
  await awake(page);
  await page.getByLabel(/^Status/).selectOption('delvis');
  await page.getByLabel('Varför?', { exact: true }).fill('Besluten i april togs i tid');
  await press(page, 'Spara statusen');
  await expect(row(page, measured[2].namn)).toContainText('satt för hand');
  await expect(row(page, measured[2].namn)).toContainText('Besluten i april togs i tid');
  const now = ['uppnås', 'uppnås delvis', 'uppnås delvis'];
  const sentence = 'En av tre indikatorer uppnås och två delvis';

  for (const [n, { namn }] of measured.entries()) await expect(stands(page, namn)).toHaveText(now[n]);
  await page.goto('/verksamhetsplan?ar=2026');
  await expect(page.locator('.plan-mening')).toHaveText(`${sentence}.`);
  await axe('light', 'dark');
  for (const [n, { namn, mal }] of measured.entries()) {
    await page.goto(plan);
    await page.locator('.kedja-ruta', { hasText: mal }).click();
    await expect(page.locator('#indikatorer li', { hasText: namn }).locator('.marke-ord')).toHaveText(now[n], { ignoreCase: true });
  }
  await axe();

  // nothing is due any more
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Att göra');
  await expect(page.getByRole('link', { name: /^Fyll i utfall/ })).toHaveCount(0);

  await page.goto('/apt/ny');
  await page.getByLabel('Dag', { exact: true }).fill('2026-05-27');
  await press(page, 'Förbered');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('APT 27 maj');
  const meeting = new URL(page.url()).pathname;
  await page.goto(`${meeting}/visa`);
  await expect(page.locator('.deck[data-awake]')).toBeVisible();
  const kickers = await page
    .locator('.deck-slides > .slide')
    .evaluateAll((slides) => slides.map((slide) => slide.querySelector('.slide-kicker')?.textContent ?? ''));
  const at = kickers.findIndex((text) => /Indikatorer · Tertial 1 2026/.test(text));
  expect(at, kickers.join(', ')).toBeGreaterThan(-1);
  await page.keyboard.press('Home');
  for (let n = 0; n < at; n++) await page.keyboard.press('ArrowRight');
  const slide = page.locator('.slide.is-current');
  await expect(slide.locator('h2')).toHaveText(sentence);
  for (const [n, { namn }] of measured.entries()) {
    const last = slide.locator('.slide-table tr', { hasText: namn }).locator('td').last();
    await expect(last).toHaveText(new RegExp(`^\\S+\\s${now[n]}$`));
  }

  // on paper as on the screen; the document of the plan says what is aimed at
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${plan}/utfall?period=2026-T1`);
  for (const [n, { namn }] of measured.entries()) {
    await expect(stands(page, namn)).toBeVisible();
    await expect(stands(page, namn)).toHaveText(now[n]);
  }
  await page.goto(plan);
  await expect(page.locator('.plan-mening')).toBeVisible();
  await expect(page.locator('.plan-mening')).toHaveText(`${sentence}.`);
  await page.goto(`${plan}/dokument`);
  for (const { namn } of measured) await expect(page.locator('#planen')).toContainText(namn);
});
