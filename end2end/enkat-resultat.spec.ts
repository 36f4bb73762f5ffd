// The results of a brukarenkät: read on screen and in words, compared, chosen for APT, taken home as a workbook.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { logIn, press } from './steps';

async function enkat(page: Page): Promise<string> {
  await page.goto('/enkater');
  const link = page.getByRole('link', { name: /^Samtal per telefon 2026/ }).first();
  return (await link.getAttribute('href')) ?? '';
}

test('a chef reads the result by question, kön and month, with and without the picture', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  const path = await enkat(page);
  await page.goto(`${path}/resultat`);
  const first = page.locator('section.result', { has: page.getByRole('heading', { name: /^1\. / }) });
  await expect(first.locator('.result-sentence').first()).toHaveText(/^\d+ av \d+ \(\d+,\d.%\) svarade Bra\.$/);
  // what the pictures show is said too
  for (const said of [/^Fördelning\. \d+ av/, /^Andel över tid\. \d+,\d/]) {
    await expect(first.getByRole('img', { name: said })).toBeVisible();
  }
  await expect(first.getByRole('table', { name: '' }).first()).toBeVisible();
  await first.getByText('Visa som tabell').nth(1).click();
  await expect(first.getByRole('rowheader', { name: 'november 2026, hittills' })).toBeVisible();
  await expect(first.getByText('visas inte: färre än fem svar')).toBeVisible();
  await axe();
  await first.getByRole('link', { name: 'Visa bara den här frågan' }).click();
  await expect(page).toHaveURL(/\?fraga=1$/);
  await expect(page.locator('section.result')).toHaveCount(1);
  await axe();
});

test('a result is as wide as the phone, and the sheet holds the same figures', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await logIn(page, 'Handläggare');
  const path = await enkat(page);
  await page.goto(`${path}/resultat`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  // who answers sees the figures and nothing that was written
  await expect(page.getByRole('link', { name: /^Fritext/ })).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Hämta som Excel' }).click();
  expect((await download).suggestedFilename()).toMatch(/^resultat-samtal-per-telefon-2026-.+-\d{4}-\d{2}\.xlsx$/);
});

test('a comment is chosen for APT, and a value from the city stands beside the own', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  const path = await enkat(page);
  await page.goto(`${path}/fritext`);
  // answers stand in no order: which is the first, and whether it is chosen already, differs from time to time
  const chosen = page.getByRole('button', { name: /^Visas på APT, ta bort/ });
  const before = await chosen.count();
  await page.getByRole('button', { name: /^Får visas på APT/ }).first().click();
  await expect(chosen).toHaveCount(before + 1);
  await axe();
  await page.goto(`${path}/varden`);
  await page.getByLabel('Klistra in rader').fill('1;Staden;2026;;91,5;1200\n9;Staden;2026;;91,5');
  await page.getByRole('button', { name: 'Läs in' }).click();
  await expect(page.locator('.error-summary')).toContainText('Rad 2');
  await axe();
  await page.getByLabel('Klistra in rader').fill('1;Staden;2026;;91,5;1200');
  await page.getByRole('button', { name: 'Läs in' }).click();
  await expect(page.getByRole('cell', { name: '91,5' })).toBeVisible();
  await page.getByLabel('Utdelade').fill('120');
  await page.getByRole('button', { name: 'Spara antal' }).click();
  await expect(page.getByRole('region', { name: 'Antal utdelade' })).toContainText('120');
  await page.goto(`${path}/resultat`);
  await expect(page.locator('section.result').filter({ hasText: 'Staden 2026' }).first()).toContainText('91,5');
  await expect(page.getByText(/svar på 120 utdelade/)).toBeVisible();
});

test('a distribution from elsewhere is written with all its options and read in the result, where its sum is said', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/enkater/ny');
  await page.getByLabel('Namn', { exact: true }).fill('Bemötande, jämfört med staden');
  await page.getByLabel('Sista dag').fill('2026-12-31');
  await press(page, 'Fortsätt till frågorna');
  await page.getByLabel('Fråga', { exact: true }).fill('Hur var bemötandet?');
  await page.getByLabel('Hur besvaras den').selectOption('val');
  await page.getByLabel('Svarsalternativ').fill('+ Mycket bra\n+ Bra\nDåligt\n- Mycket dåligt');
  await press(page, 'Lägg till frågan');
  const path = new URL(page.url()).pathname.replace('/fragor', '');
  await page.goto(path);
  await press(page, 'Öppna enkäten');

  await page.goto(`${path}/varden`);
  await page.locator('#fordelning').getByRole('link', { name: 'Hur var bemötandet?' }).click();
  const options = ['Mycket bra, %', 'Bra, %', 'Dåligt, %', 'Mycket dåligt, %'];
  await expect(page.locator('#fordelning fieldset input')).toHaveCount(options.length);
  const write = async (shares: string[]) => {
    for (const [n, share] of shares.entries()) await page.getByLabel(options[n], { exact: true }).fill(share);
  };
  await page.getByLabel('Källa').fill('Staden');
  await page.getByLabel('År eller månad').fill('2025');
  await write(['0', '44', '35', '18']);
  await press(page, 'Spara fördelningen');
  await expect(page.locator('.error-summary')).toContainText('Summan är 97 %. Stämmer det?');
  await expect(page.getByLabel(/Ja, andelarna stämmer och blir 97/)).not.toBeChecked();
  await expect(page.getByLabel('Källa'), 'what was written stays').toHaveValue('Staden');
  await axe();
  await write(['0', '44', '35', '19']);
  await press(page, 'Spara fördelningen');
  await expect(page.locator('.toast')).toContainText('Fördelningen från Staden 2025 är sparad. Tillsammans 98 %.');
  const words = 'Mycket bra 0 %, Bra 44 %, Dåligt 35 %, Mycket dåligt 19 %. Tillsammans 98 %.';
  await expect(page.getByRole('region', { name: 'Värden utifrån' })).toContainText(words);

  await page.goto(`${path}/resultat`);
  const table = page.getByRole('region', { name: 'Fördelning jämförd, Hur var bemötandet?' });
  const shares = await table.locator('tbody tr').allInnerTexts();
  expect(shares.map((row) => row.replace(/\s+/g, ' ').trim())).toEqual(['Mycket bra 0 %', 'Bra 44 %', 'Dåligt 35 %', 'Mycket dåligt 19 %']);
  await expect(page.getByText('Summan kan avvika från 100 på grund av avrundning.')).toBeVisible();
  await axe();
  await page.setViewportSize({ width: 360, height: 740 });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
});
