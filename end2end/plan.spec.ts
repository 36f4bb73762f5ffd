// The plan: a row is made, changed in its place, moved, removed and read in from a file.
import { expect, test } from './fixture';
import { logIn, press } from './steps';

test('a metodutvecklare adds a control, changes it in the list and removes it with a reason', async ({ page }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll/ny');
  await page.getByRole('button', { name: 'Lägg till i planen' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Skriv ett kontrollmål.' })).toBeFocused();
  await page.getByLabel('Kontrollmål').fill('Beslut inom två veckor');
  await page.getByLabel('Hur ofta').selectOption('valda_manader');
  await page.getByLabel('april', { exact: true }).check();
  await page.getByLabel('december', { exact: true }).check();
  await page.getByLabel('Utförs av').selectOption({ label: 'Metodutvecklare' });
  // counted from today unless somebody chooses: April has passed
  await expect(page.getByLabel('Räkna från')).toHaveValue('idag');
  await page.getByLabel('Räkna från').selectOption({ label: 'Januari, hela året' });
  await page.getByRole('button', { name: 'Lägg till i planen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Beslut inom två veckor');
  await expect(page.locator('.rows .row')).toHaveCount(2);

  await page.goto('/egenkontroll?vy=lista');
  await page.getByRole('link', { name: 'Ändra Beslut inom två veckor' }).click();
  await page.getByLabel('Målvärde i procent').fill('175');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.locator('.field-error')).toHaveText('Skriv ett tal mellan 0 och 100.');
  await expect(page.getByLabel('Målvärde i procent')).toHaveValue('175');
  await page.getByLabel('Målvärde i procent').fill('80');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('row', { name: /Beslut inom två veckor/ })).toContainText('mål 80');

  await page.getByRole('link', { name: 'Beslut inom två veckor', exact: true }).click();
  await page.getByText('Ta bort ur planen').click();
  await page.getByLabel('Varför tas den bort?').fill('Följs upp på annat sätt');
  await page.getByRole('button', { name: 'Ta bort' }).click();
  await expect(page.getByText('Kontrollen är borttagen ur planen.').first()).toBeVisible();
  await expect(page.locator('.rows .row')).toHaveCount(0);
  await expect(page.getByText('Inga tillfällen.')).toBeVisible();
  await page.getByRole('link', { name: 'Historik' }).click();
  await expect(page.getByRole('list').filter({ hasText: 'Följs upp på annat sätt' })).toBeVisible();
});

test('a removed control is ticked off from no page that was open, and can be put back', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill('Borttagen under tiden');
  await page.getByLabel('Hur ofta').selectOption('kvartal');
  await page.getByLabel('Utförs av').selectOption({ label: 'Metodutvecklare' });
  await page.getByLabel('Räkna från').selectOption({ label: 'Januari, hela året' });
  await press(page, 'Lägg till i planen');
  const times = page.locator('.row-title[href^="/forekomster/"]');
  const control = page.url();
  const tillfalle = (await times.first().getAttribute('href')) ?? '';
  const other = await page.context().newPage();
  await other.goto(tillfalle);
  await page.getByText('Ta bort ur planen').click();
  await page.getByLabel('Varför tas den bort?').fill('Görs på annat sätt');
  await press(page, 'Ta bort');
  await other.getByRole('button', { name: /^Utförd: Borttagen under tiden/ }).click();
  await expect(other.getByRole('alert').filter({ hasText: 'är borttagen ur planen och kan inte bockas av' })).toBeVisible();
  await page.goto(tillfalle);
  await expect(page.getByText('Borttagen under tiden är borttagen ur planen')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Utförd:/ })).toHaveCount(0);
  await axe();
  await page.goto('/egenkontroll');
  await page.locator('summary', { hasText: 'Borttagna ur planen' }).click();
  await page.getByRole('link', { name: 'Borttagen under tiden', exact: true }).click();
  await expect(page).toHaveURL(control);
  await press(page, 'Återställ till planen');
  await expect(times).toHaveCount(4);
  await other.close();
});

test('of two who change the same row the second sees both texts and overwrites nothing', async ({ page, browser, server }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll');
  const href = (await page.getByRole('rowheader', { name: /ANDT/ }).getByRole('link').getAttribute('href')) ?? '';
  const other = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(other, 'Enhetschef');
  await other.goto(`${href}/redigera`);
  await page.goto(`${href}/redigera`);
  await page.getByLabel('Hur sker kontrollen').fill('Stickprov i tjugo ärenden');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('status')).toContainText('är sparad');
  await other.getByLabel('Hur sker kontrollen').fill('Enkät');
  await other.getByRole('button', { name: 'Spara' }).click();
  await expect(other.getByRole('alert').filter({ hasText: 'Någon annan har ändrat' })).toBeVisible();
  await expect(other.getByLabel('Hur sker kontrollen')).toHaveValue('Enkät');
  await expect(other.getByText('Stickprov i tjugo ärenden')).toBeVisible();
  await other.context().close();
});

test('a moved control shows where it was and why', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/egenkontroll');
  const cell = page.locator('.month-grid').getByLabel(/Dokumentation, oktober/).first();
  await cell.click();
  await page.locator('.popover:popover-open').getByRole('link', { name: /Med resultat/ }).click();
  await page.locator('summary', { hasText: /^Flytta$/ }).click();
  await page.getByRole('button', { name: 'Flytta' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Skriv varför.' })).toBeVisible();
  await page.getByLabel('Till månad').selectOption('12');
  await page.getByLabel('Varför flyttas den?').fill('Ledningsgruppen var inte samlad');
  await page.getByRole('button', { name: 'Flytta' }).click();
  await expect(page.getByRole('status')).toContainText('är flyttad till december');
  await page.goto('/egenkontroll');
  await expect(page.getByLabel('Dokumentation, flyttad till december')).toBeVisible();
});

test('a file is shown before anything is written, and the same file twice adds nothing', async ({ page }) => {
  await logIn(page, 'Metodutvecklare');
  const csv = 'Kontrollmål;Periodicitet;Månader;Utförs av\nLäst ur fil;valda månader;3;Metodutvecklare\nFel månad;valda månader;13;Metodutvecklare\n';
  const upload = async (content: string) => {
    await page.goto('/egenkontroll/importera');
    await page.locator('input[type=file]').setInputFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
    await page.getByRole('button', { name: 'Förhandsgranska' }).first().click();
  };
  await upload(csv);
  await expect(page.getByText('13 är ingen månad').first()).toBeVisible();
  await upload(csv.replace('Fel månad;valda månader;13;Metodutvecklare\n', ''));
  await page.getByRole('button', { name: /Läs in 1 rad/ }).click();
  await expect(page.getByRole('status')).toContainText('inläst');
  await page.goto('/egenkontroll');
  await expect(page.getByRole('rowheader', { name: /Läst ur fil/ })).toHaveCount(1);
  await upload(csv.replace('Fel månad;valda månader;13;Metodutvecklare\n', ''));
  await expect(page.getByText('1 finns redan').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Läs in/ })).toHaveCount(0);
});

test('a workbook is read as it looks, says what it passed by and what is late at once, on a phone too', async ({ page, axe }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await logIn(page, 'Enhetschef');
  const upload = async (plan: string, file: string) => {
    await page.goto(`/${plan}/importera`);
    await page.locator('input[type=file]').setInputFiles(`../server/web/tests/data/import/${file}`);
    await page.getByRole('button', { name: 'Förhandsgranska' }).first().click();
  };
  await upload('internkontroll', '03a-formelrader-internkontroll.xlsx');
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('3 nya rader, 0 finns redan, 0 behöver rättas');
  await expect(page.getByText('Bladet ”')).toBeVisible();
  await expect(page.getByText('56 rader hoppades över: de har bara nummer, nollor eller formler (rad 5–60).')).toBeVisible();
  await expect(page.getByLabel('I dag, 23 november: inget blir försenat')).toBeChecked();
  await expect(page.getByLabel(/^Januari, hela året: \d+ tillfällen blir försenade direkt$/)).toBeVisible();
  await axe();
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await upload('egenkontroll', '02-tvaradig-rubrik.xlsx');
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('2 nya rader, 0 finns redan, 0 behöver rättas');
});
