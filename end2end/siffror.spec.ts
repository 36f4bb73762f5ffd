// Siffror: a series is made, filled from the keyboard and corrected, and the page says what has happened; on a laptop and on a phone.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

test('a series is made, filled from the keyboard and corrected, and its heading says what happened', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/siffror/ny');
  await awake(page);
  await page.getByLabel('Vad heter serien?').fill('Besök i receptionen');
  await page.getByLabel('Vad för slags siffra är det?').selectOption('flode');
  await page.getByLabel('Enhet', { exact: false }).first().fill('besök');
  await axe();
  await press(page, 'Skapa serien');
  await expect(page).toHaveURL(/\/fyll$/);
  const cells = page.locator('.serie-grid input[type=text]');
  const count = await cells.count();
  // the last but one is the month before this: Tab goes to the next cell, Enter saves
  await cells.nth(count - 3).focus();
  await page.keyboard.type('120');
  await page.keyboard.press('Tab');
  await page.keyboard.type('131 prel');
  await axe();
  const saved = page.waitForURL(/\/siffror\/[^/]+$/);
  await page.keyboard.press('Enter');
  await saved;
  await expect(page.getByRole('heading', { level: 1 })).toContainText('120');
  await expect(page.locator('.page-head')).toContainText('preliminärt 131');
  await expect(page.locator('svg.chart-serie')).toBeVisible();

  await page.getByRole('link', { name: /^Fyll på/ }).first().click();
  await awake(page);
  await page.locator('.serie-grid input[value="131 prel"]').fill('134');
  await press(page, 'Spara');
  await expect(page.getByRole('heading', { name: 'Rättade siffror' })).toBeVisible();
  await expect(page.locator('.serie-corrected')).toContainText('131 prel.');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('134');
  await axe();

  await page.goto('/siffror');
  const row = page.locator('.serie-row', { hasText: 'Besök i receptionen' });
  await expect(row).toContainText('14 fler än månaden före');
  await expect(row.locator('svg')).toBeVisible();
});

test('a value that would change much is asked about, and what was typed is kept', async ({ page }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/siffror');
  await page.getByRole('link', { name: 'Nyansökningar', exact: true }).click();
  await page.getByRole('link', { name: /^Fyll på/ }).first().click();
  await awake(page);
  const cell = page.locator('.serie-grid input[value="63"]');
  const id = await cell.getAttribute('id');
  await cell.fill('630');
  await press(page, 'Spara');
  await expect(page.getByRole('alert')).toContainText('mer än 20 %');
  await expect(page.locator(`[id="${id}"]`)).toHaveValue('630');
  await page.locator(`[id="${id}"]`).fill('64');
  await press(page, 'Spara');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('64');
});

test('what is shown stands in the address: index, years, types, and the table behind', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/siffror');
  await page.getByRole('link', { name: 'Hushåll med ekonomiskt bistånd', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('21 färre än för ett år sedan');
  await expect(page.locator('.serie-goals')).toContainText('Nås');
  await expect(page.locator('.serie-corrected')).toContainText('328');
  await page.getByRole('link', { name: 'Index', exact: true }).click();
  await expect(page).toHaveURL(/vy=index/);
  await page.getByRole('link', { name: 'År', exact: true }).click();
  await expect(page).toHaveURL(/tid=ar/);
  await expect(page.locator('.serie-table')).toContainText('över brott');
  await axe();
});

test('few are a dash for who does not fill the series, and the total is there', async ({ page }) => {
  await logIn(page, 'Handläggare');
  await page.goto('/siffror');
  await page.getByRole('link', { name: 'Hushåll efter hushållstyp', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('323');
  await page.getByRole('link', { name: 'Per hushållstyp', exact: true }).click();
  const few = page.locator('.serie-table tr', { hasText: 'Par utan barn' }).locator('td.suppressed');
  await expect(few).toHaveCount(2);
  // one more of each month, so that the total does not give it away
  await expect(page.locator('.serie-table td.suppressed')).toHaveCount(4);
  await expect(page.locator('.serie-table tr.total td.suppressed')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Fyll på/ })).toHaveCount(0);
});

test('on a phone the page is no wider than the screen and the table scrolls in itself', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await page.goto('/siffror');
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(390);
  await page.getByRole('link', { name: 'Hushåll med ekonomiskt bistånd', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Tabellen bakom' })).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(390);
  const wrap = page.getByRole('region', { name: /^Tabellen bakom/ });
  expect(await wrap.evaluate((e) => e.scrollWidth > e.clientWidth)).toBe(true);
  await page.getByRole('link', { name: /^Fyll på/ }).first().click();
  await expect(page.locator('.serie-grid')).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(390);
  await context.close();
});

test('a table that is pasted is shown before it is kept, read in with one click and undone as a whole', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/siffror/ny');
  await awake(page);
  await page.getByLabel('Vad heter serien?').fill('Samtal i växeln');
  await page.getByLabel('Vad för slags siffra är det?').selectOption('flode');
  await page.getByLabel('Enhet', { exact: false }).first().fill('samtal');
  await press(page, 'Skapa serien');
  await expect(page).toHaveURL(/\/fyll$/);
  await page.getByRole('link', { name: 'Läs in en tabell' }).click();
  await expect(page).toHaveURL(/\/las-in$/);
  await awake(page);
  await axe();
  await page.getByLabel('Eller klistra in från Excel').fill('Månad\tAntal\n2026 jan\t1 346\nfeb\t1 358\nmar\tca 1 300\napr, prel\t1 290\n');
  await press(page, 'Förhandsgranska');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fyra nya värden');
  await expect(page.locator('main')).toContainText('År gissat från');
  await axe();
  await press(page, 'Läs in 4 nya');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('samtal i mars');
  await expect(page.locator('.page-head')).toContainText('preliminärt');
  await page.goto(`${new URL(page.url()).pathname}/las-in`);
  await awake(page);
  await press(page, 'Ångra inläsningen av Inklistrat');
  await expect(page.locator('main')).toContainText('Ångrad');
  await axe();
});

test('a block from Excel is pasted into the grid, taken out, mended at its cell and saved at once', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/siffror/ny');
  await awake(page);
  await page.getByLabel('Vad heter serien?').fill('Utbetalt per handläggare');
  await page.getByLabel('Vad för slags siffra är det?').selectOption('belopp');
  await page.getByLabel('Enhet', { exact: false }).first().fill('kr');
  await press(page, 'Skapa serien');
  await expect(page).toHaveURL(/\/fyll$/);
  await awake(page);
  await expect(page.getByText('Du kan klistra in flera rutor från Excel')).toBeVisible();
  const cells = page.locator('.serie-grid input[type=text]');
  const count = await cells.count();
  expect(count).toBe(6);
  const paste = (nth: number, text: string) =>
    cells.nth(nth).evaluate((cell, text) => {
      cell.focus();
      const data = new DataTransfer();
      data.setData('text/plain', text);
      cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
  // three rows of four from the second cell: the grid has one row, and the two others find no place
  await paste(1, '1\u00a0346\t\u2212400\tmånga\tca 3,2\r\n5\t\t\t\r\n6\t7\t\t\r\n');
  const said = page.locator('[role=status]', { hasText: 'rutor är ifyllda' });
  await expect(said).toContainText('4 rutor är ifyllda men inte sparade än.');
  await expect(said).toContainText('3 rutor i det inklistrade hamnar utanför tabellen och är inte med.');
  await expect(cells.nth(0)).toHaveValue('');
  await expect(cells.nth(1)).toHaveValue('1 346');
  await expect(cells.nth(2)).toHaveValue('−400');
  await axe();
  await page.keyboard.press('Control+z');
  await expect(cells.nth(1)).toHaveValue('');
  await expect(page.getByText('Inklistringen är ångrad.')).toBeVisible();
  await paste(1, '1\u00a0346\t\u2212400\tmånga\tca 3,2');
  // a cell that is written in since keeps what it says
  await cells.nth(4).fill('12 prel');
  await page.getByRole('button', { name: 'Ångra inklistringen' }).click();
  await expect(cells.nth(3)).toHaveValue('');
  await expect(cells.nth(4)).toHaveValue('12 prel');
  await page.getByRole('button', { name: 'Jag har sett det' }).click();
  await expect(page.getByText('Inklistringen är ångrad.')).toHaveCount(0);
  await expect(cells.nth(0)).toBeFocused();
  await paste(1, '1\u00a0346\t\u2212400\tmånga\tca 3,2');
  await press(page, 'Spara');
  await expect(page.getByRole('alert')).toContainText('är inget tal: ”många”');
  await expect(page.locator('.serie-grid td', { hasText: 'är inget tal' })).toHaveCount(1);
  await expect(cells.nth(1)).toHaveValue('1 346');
  await cells.nth(3).fill('–');
  await press(page, 'Spara');
  await expect(page).toHaveURL(/\/siffror\/[^/]+$/);
  await expect(page.getByText('Sparat: 4 nya värden')).toBeVisible();
  await expect(page.locator('.serie-table')).toContainText('−400');
  await expect(page.locator('.serie-table')).toContainText('ca 3');
});

test('the table of an index and of years has the figures of its picture', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/siffror');
  await page.getByRole('link', { name: 'Hushåll med ekonomiskt bistånd', exact: true }).click();
  await page.getByRole('link', { name: 'Index', exact: true }).click();
  const index = page.locator('.serie-table tr', { hasText: /^Index, .* är 100/ });
  await expect(index.locator('td').filter({ hasText: /^\d+,\d$/ }).first()).toBeVisible();
  await page.getByRole('link', { name: 'År', exact: true }).click();
  await expect(page.locator('.serie-table thead')).toContainText(/Medel \d{4}\s+medel av \d+ månader/);
  await expect(page.locator('.serie-table')).toContainText('Mot året före');
});

test('a month says what moved, what is missing and what was controlled, and goes back to the first value', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/siffror');
  await page.getByRole('link', { name: 'Månadens siffror', exact: true }).click();
  await expect(page).toHaveURL(/\/siffror\/manad/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Månadens siffror:');
  const rows = page.locator('.manad-row');
  await expect(rows.first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Kontroller', exact: true })).toBeVisible();
  await axe('light', 'dark');

  const months = page.getByRole('navigation', { name: 'Månad', exact: true });
  const shown = await months.locator('[aria-current]').innerText();
  await months.getByRole('link', { name: /^Månaden före/ }).click();
  await expect(page).toHaveURL(/manad=\d{4}-\d{2}/);
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText(shown);
  const households = rows.filter({ hasText: 'Hushåll med ekonomiskt bistånd' });
  await expect(households).toBeVisible();
  await expect(households.locator('.manad-table tbody tr')).toHaveCount(3);
  await expect(households.locator('svg')).toBeVisible();
  await months.getByRole('link', { name: /^Månaden efter/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(shown);

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Månad', exact: true })).toBeHidden();
  await expect(rows.first()).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
});

test('a month is no wider than a phone', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await page.goto('/siffror/manad');
  await expect(page.locator('.manad-row').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await context.close();
});
