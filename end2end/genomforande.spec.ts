// From control to improvement: a stickprov is drawn, judged by keyboard on two machines and by two people, analysed, closed, and
// followed by an åtgärd that is seen everywhere.
import type { Browser, Page } from '@playwright/test';
import { expect, test } from './fixture';
import { begin, focusCell, group, words } from './judging';
import { awake, logIn, press } from './steps';

/** Puts cells on the clipboard's way as Excel does. */
async function paste(page: Page, text: string) {
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

async function other(browser: Browser, server: string, role: string) {
  const page = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(page, role);
  return page;
}

test('a metodutvecklare carries out Dokumentation from draw to åtgärd, half on another machine, and plan, wheel, list and comparison show it', async ({
  page,
  browser,
  server,
  axe,
}) => {
  test.setTimeout(180_000);
  await logIn(page, 'Metodutvecklare');
  const run = await begin(page, 'Dokumentation', 'Tillräcklig\nVäsentlig\nSaklig', 20, 64);
  await axe();

  // ten cases by keyboard: J and N lead on to the next, so the hands stay where they are
  await focusCell(page, 1, 1);
  for (let nr = 1; nr <= 10; nr++) await page.keyboard.type(nr % 3 ? 'jjj' : 'jjn');
  await expect(words(page)).toHaveText(/^Sparat \d\d\.\d\d$/);
  await expect(page.locator('.judge-progress')).toHaveText('30 av 60 svar');
  await page.context().clearCookies();
  await page.goto('about:blank');

  const second = await other(browser, server, 'Metodutvecklare');
  await second.goto('/');
  const row = second.locator('.row', { has: second.getByRole('link', { name: /^Fortsätt: Dokumentation/ }) }).last();
  await row.getByRole('link', { name: /^Fortsätt/ }).click();
  await second.getByRole('link', { name: 'Fortsätt', exact: true }).click();
  await expect(second).toHaveURL(new RegExp(run));
  await awake(second);
  await expect(second.locator('.judge-progress')).toHaveText('30 av 60 svar');
  await expect(group(second, 3, 3).getByLabel('Nej')).toBeChecked();
  // the other ten come from Excel
  await focusCell(second, 11, 1);
  await paste(second, Array.from({ length: 10 }, (_, i) => (i % 2 ? 'Ja\tJa\tNej' : 'Ja\tEj relevant\tJa')).join('\n'));
  await expect(second.locator('.judge-progress')).toHaveText('60 av 60 svar');
  await expect(words(second)).toHaveText(/^Sparat/);

  await second.getByRole('link', { name: 'Resultat' }).click();
  await expect(second.locator('.finding')).toHaveText('12 av 20 (60,0 %) ärenden håller måttet på alla kriterier.');
  await expect(second.getByText('95 % intervall enligt Wilson')).toBeVisible();
  await expect(second.getByText('Fishers exakta test').first()).toBeVisible();
  await expect(second.getByText(/Förra gången, oktober 2025, var det/)).toBeVisible();
  await expect(second.locator('.chart-card .chart-dot')).toHaveCount(3);

  await second.getByRole('link', { name: 'Analys och avslut' }).click();
  await second.getByRole('textbox', { name: /^Analys/ }).fill('Sakligheten brister.');
  await second.getByRole('textbox', { name: /^Brister/ }).fill('Värderande ord i anteckningar.');
  await second.getByRole('textbox', { name: /^Slutsats/ }).fill('Genomgång för hela arbetsgruppen.');
  await second.getByRole('button', { name: 'Spara analysen' }).click();
  await expect(second.getByRole('status').filter({ hasText: 'Analysen är sparad' })).toBeVisible();
  // the målvärde is not reached: an åtgärd, or a reason why not
  await second.getByRole('button', { name: 'Avsluta genomförandet' }).click();
  await expect(second.getByRole('alert').filter({ hasText: 'Målvärdet nås inte.' })).toBeVisible();
  await second.getByRole('link', { name: 'Ny åtgärd' }).click();
  await expect(second.getByLabel('Varför?')).toHaveValue('Värderande ord i anteckningar.');
  await second.getByLabel('Vad ska göras?').fill('Genomgång av dokumentation på APT');
  await second.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  await second.getByLabel('Klar senast').fill('2026-12-09');
  await second.getByLabel('Effekten följs upp').fill('2027-04-30');
  await second.getByRole('button', { name: 'Lägg till' }).click();
  await expect(second.getByRole('link', { name: 'Genomgång av dokumentation på APT' })).toBeVisible();
  await second.getByLabel('Visa på APT').check();
  await second.getByRole('button', { name: 'Avsluta genomförandet' }).click();
  await expect(second.getByRole('status').filter({ hasText: /Dokumentation, .+ är utförd/ })).toBeVisible();

  await second.getByRole('link', { name: 'Dokumentation', exact: true }).click();
  await expect(second.getByRole('img', { name: /^Andel över tid\. .+ Målvärde/ })).toBeVisible();
  await expect(second.getByRole('heading', { level: 1 })).toHaveText('Dokumentation av egenkontroll: Dokumentation');
  await expect(second.locator('.document')).toContainText('Genomgång av dokumentation på APT');
  await expect(second.locator('.document')).not.toContainText('EB-1');
  const file = second.waitForEvent('download');
  await second.getByRole('link', { name: 'Till Word' }).click();
  expect((await file).suggestedFilename()).toMatch(/^egenkontroll-dokumentation-.+-\d{4}-\d{2}\.docx$/);

  await second.goto('/egenkontroll');
  await expect(second.locator('.month-grid [aria-label*="november: utförd: ej uppfyllt, 12 av 20"]')).toHaveCount(1);
  await second.goto('/arshjul');
  const marks = await second.locator('.wheel a.mark').evaluateAll((m) => m.map((x) => x.getAttribute('aria-label') ?? ''));
  expect(marks.some((l) => l.includes('Dokumentation') && /utförd/i.test(l))).toBe(true);
  expect(marks.some((l) => l.includes('Genomgång av dokumentation på APT'))).toBe(true);
  await second.goto('/atgarder');
  await expect(second.getByRole('row', { name: /Genomgång av dokumentation på APT/ })).toContainText('Dokumentation, november 2026');

  // opened again with a reason, the tillfälle is åter att göra
  await second.goto(`${run}?flik=analys`);
  await second.getByText('Öppna igen').first().click();
  await second.getByLabel('Varför öppnas det igen?').fill('Två ärenden lästes fel');
  await second.getByRole('button', { name: 'Öppna igen' }).click();
  await expect(second.getByText('Pågår', { exact: true })).toBeVisible();
  await second.context().close();
});

test('two who judge at once see each other, and of two in the same cell the later chooses', async ({ page, browser, server }) => {
  test.setTimeout(60_000);
  await logIn(page, 'Metodutvecklare');
  const run = await begin(page, 'Kommunicering', 'Saklig', 4, 10);
  const chef = await other(browser, server, 'Enhetschef');
  await chef.goto(run);
  await awake(chef);
  await focusCell(chef, 2, 1);
  await chef.keyboard.press('j');
  await expect(words(chef)).toHaveText(/^Sparat/);
  await expect(group(page, 2, 1).getByLabel('Ja')).toBeChecked();
  await expect(page.locator('#arende-2 .when')).toHaveText(/^Enhetschef \d\d\.\d\d$/);

  // both answer the same cell before they have seen each other
  await page.route('**/api/get_bedomningar', () => {});
  await focusCell(chef, 3, 1);
  await chef.keyboard.press('n');
  await expect(chef.locator('#arende-3 .when')).toHaveText(/^Sparat/);
  await focusCell(page, 3, 1);
  await page.keyboard.press('j');
  const note = page.locator('#arende-3 .judge-note');
  await expect(note).toContainText(/Enhetschef svarade Nej kl\. \d\d\.\d\d, du svarade Ja\./);
  await expect(group(page, 3, 1).getByLabel('Nej')).toBeChecked();
  await note.getByRole('button', { name: 'Ändra till Ja' }).click();
  await expect(note).toHaveCount(0);
  await expect(page.locator('#arende-3 .when')).toHaveText(/^Sparat/);
  await chef.reload();
  await expect(group(chef, 3, 1).getByLabel('Ja')).toBeChecked();
  await chef.context().close();
});

// a request that is not answered is an error in the console: so not the page of the fixture
test('what does not reach the server stays on the page, says so and is sent again', async ({ browser, server }) => {
  const page = await other(browser, server, 'Metodutvecklare');
  await begin(page, 'Samtycke', 'Saklig\nDaterad', 3, 10);
  await page.context().setOffline(true);
  await focusCell(page, 1, 1);
  await page.keyboard.type('jn');
  await expect(words(page)).toContainText('svar är inte sparade än. Servern nås inte');
  await expect(page.locator('#arende-1 .when')).toHaveText('Inte sparat än');
  await expect(group(page, 1, 2).getByLabel('Nej')).toBeChecked();
  await page.context().setOffline(false);
  await expect(page.locator('#arende-1 .when')).toHaveText(/^Sparat/, { timeout: 15_000 });
  await page.reload();
  await expect(group(page, 1, 2).getByLabel('Nej')).toBeChecked();
  await page.context().close();
});

test('births in the list are refused and numbered, and the numbered list can be drawn from', async ({ page }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill('Personer i listan');
  await page.getByLabel('Hur ofta').selectOption('valda_manader');
  await page.getByLabel('november', { exact: true }).check();
  await press(page, 'Lägg till i planen');
  await page.locator('.row-title').first().click();
  await page.getByRole('link', { name: 'Genomför kontrollen' }).click();
  await page.getByLabel('Kriterier', { exact: true }).fill('Saklig');
  await page.getByLabel('Antal ärenden som dras').fill('2');
  await page.getByLabel('Lista med ärendenummer').fill('060606 K\n111111 M\n811228');
  await page.getByRole('button', { name: 'Dra urvalet och börja' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'ser ut som personnummer eller födelsedatum' })).toBeFocused();
  await expect(page.getByLabel('Lista med ärendenummer')).toHaveValue('Rad 1\tK\nRad 2\tM\nRad 3');
  await page.getByRole('button', { name: 'Dra urvalet och börja' }).click();
  await expect(page.locator('.judge-row[data-nr]')).toHaveCount(2);
  await expect(page.locator('.judge-name').last()).toHaveText(/^Rad \d/);
});

test('without JavaScript the answers are saved with a button, and what another answered is not written over', async ({
  page,
  browser,
  server,
}) => {
  await logIn(page, 'Metodutvecklare');
  const run = await begin(page, 'Sekretess', 'Saklig', 3, 10);
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto('/logga-in');
  await plain.getByRole('button', { name: 'Enhetschef', exact: true }).click();
  await expect(plain).not.toHaveURL(/logga-in/);
  await plain.goto(run);
  await focusCell(page, 2, 1);
  await page.keyboard.press('n');
  await expect(words(page)).toHaveText(/^Sparat/);
  await group(plain, 1, 1).getByLabel('Ja').check();
  await group(plain, 2, 1).getByLabel('Ja').check();
  await plain.getByRole('button', { name: 'Spara svaren' }).click();
  await expect(plain.locator('.toast')).toContainText('Svaren är sparade. Ärende 2, Saklig: Metodutvecklare hade redan svarat Nej, det står kvar');
  await expect(group(plain, 1, 1).getByLabel('Ja')).toBeChecked();
  await expect(group(plain, 2, 1).getByLabel('Nej')).toBeChecked();
  await context.close();
});

test('in a kollegiegranskning nobody judges their own case', async ({ page, browser, server }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill('Kollegiegranskning');
  await page.getByLabel('Hur ofta').selectOption('valda_manader');
  await page.getByLabel('november', { exact: true }).check();
  await press(page, 'Lägg till i planen');
  await page.locator('.row-title').first().click();
  await page.getByRole('link', { name: 'Genomför kontrollen' }).click();
  await page.getByLabel('Kriterier', { exact: true }).fill('Saklig');
  await page.getByLabel('Antal ärenden som dras').fill('2');
  await page.getByLabel('Lista med ärendenummer').fill('EB-1\tK\tHandläggare\nEB-2\tM\tEnhetschef');
  await page.getByLabel('Kollegiegranskning', { exact: true }).check();
  await page.getByRole('button', { name: 'Dra urvalet och börja' }).click();
  await expect(page.locator('.judge-row[data-nr]')).toHaveCount(2);
  const run = new URL(page.url()).pathname;
  const colleague = await other(browser, server, 'Handläggare');
  await colleague.goto(run);
  const own = colleague.locator('.judge-row', { hasText: 'EB-1' });
  await expect(own).toContainText('Ditt eget ärende');
  await expect(own.getByRole('radio', { name: 'Ja' })).toBeDisabled();
  const others = colleague.locator('.judge-row', { hasText: 'EB-2' });
  await others.getByRole('radio', { name: 'Ja', exact: true }).check();
  await expect(words(colleague)).toHaveText(/^Sparat/);
  await colleague.context().close();
  // both cases there are were drawn: that is no sample, and the draw is seen again
  await page.goto(`${run}?flik=resultat`);
  await expect(page.locator('.table.result')).toContainText('alla ärenden');
  await expect(page.locator('.sentences')).toContainText('Alla ärenden är med i urvalet');
  await page.goto(`${run}?flik=urval`);
  await page.getByRole('button', { name: 'Visa dragningen igen' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'samma 2 rader i samma ordning' })).toBeVisible();
});

test('an overdue åtgärd is in Att göra of who answers for it and of the chef, and its effect is followed up', async ({ page, browser, server, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await expect(page.locator('.row', { hasText: 'Kollegiegranskning av dokumentation' }).locator('.row-meta')).toContainText('skulle varit klar');
  const chef = await other(browser, server, 'Enhetschef');
  await expect(chef.getByRole('heading', { name: 'Försenat hos andra i enheten' })).toBeVisible();
  await expect(chef.getByRole('link', { name: 'Kollegiegranskning av dokumentation' })).toBeVisible();
  await page.getByRole('link', { name: 'Kollegiegranskning av dokumentation' }).click();
  await page.getByRole('link', { name: 'Visa åtgärden' }).click();
  await axe();
  await page.getByRole('button', { name: 'Klar', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'är utförd' })).toBeVisible();
  await page.getByRole('button', { name: 'Spara uppföljningen' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Välj om åtgärden hade effekt.' })).toBeVisible();
  await page.getByLabel('Den hade effekt', { exact: true }).check();
  await page.getByLabel('Hur märks det?').fill('18 av 20 i nästa kontroll.');
  await page.getByRole('button', { name: 'Spara uppföljningen' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Uppföljt: den hade effekt' })).toBeVisible();
  await page.goto('/atgarder?visa=alla');
  await expect(page.getByRole('row', { name: /Kollegiegranskning av dokumentation/ })).toContainText('Den hade effekt: 18 av 20 i nästa kontroll.');
  await chef.context().close();
});

// "Sparat" is on the disk: the process is ended without a chance to write anything more
test('an answer that says Sparat survives kill -9', async ({ browser, own }) => {
  test.setTimeout(120_000);
  const page = await other(browser, own.address, 'Metodutvecklare');
  const run = await begin(page, 'Avbrott', 'Saklig\nDaterad', 10, 20);
  await focusCell(page, 1, 1);
  for (let i = 0; i < 20; i++) await page.keyboard.press(i % 2 ? 'n' : 'j');
  await expect(page.locator('.judge-progress')).toHaveText('20 av 20 svar');
  await expect(words(page)).toHaveText(/^Sparat/);
  await own.kill();
  await page.context().close();

  await own.again();
  const next = await (await browser.newContext({ baseURL: own.address })).newPage();
  await next.goto('/logga-in');
  await next.getByLabel('E-post').fill('metodutvecklare@demo.se');
  await next.getByLabel('Lösenord').fill('demo-kvalitet');
  await next.getByRole('button', { name: 'Logga in' }).click();
  await expect(next).not.toHaveURL(/logga-in/);
  await next.goto(run);
  await expect(next.locator('.jne:not(.kon) input:checked')).toHaveCount(20);
  await next.context().close();
});

test('what is pasted with references goes to their cases, and what found no place is said until it has been seen', async ({ page, axe }) => {
  test.setTimeout(60_000);
  await logIn(page, 'Metodutvecklare');
  await begin(page, 'Delaktighet', 'Saklig\nDaterad', 6, 10);
  const names = await page.locator('.judge-row[data-nr]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-arende') ?? ''));
  const rows = [4, 1].map((nr) => `${names[nr]}\t${nr === 4 ? 'Ja\tNej' : 'Nej\tEj relevant'}`);
  await focusCell(page, 1, 1);
  await paste(page, [...rows, 'EB-2026-999\tJa\tJa', `${names[0]}\tkanske\tJa`].join('\r\n'));
  await expect(group(page, 5, 1).getByLabel('Ja')).toBeChecked();
  await expect(group(page, 5, 2).getByLabel('Nej', { exact: true })).toBeChecked();
  await expect(group(page, 2, 1).getByLabel('Nej', { exact: true })).toBeChecked();
  await expect(group(page, 2, 2).getByLabel('Ej relevant')).toBeChecked();
  await expect(group(page, 1, 2).getByLabel('Ja')).toBeChecked();
  const said = page.locator('.judge-said');
  await expect(said).toContainText('1 rad hittade inget ärende i urvalet: rad 3 (EB-2026-999).');
  await expect(said).toContainText('1 ruta kunde inte läsas, rad 4: ”kanske”.');
  // saving, and judging on, does not take it away
  await expect(words(page)).toHaveText(/^Sparat/);
  await focusCell(page, 3, 1);
  await page.keyboard.press('j');
  await expect(page.locator('.judge-progress')).toHaveText('6 av 12 svar');
  await expect(words(page)).toHaveText(/^Sparat/);
  await expect(said).toContainText('1 ruta kunde inte läsas, rad 4');
  await axe();
  // rows under the last case are counted
  await focusCell(page, 5, 1);
  await paste(page, 'Ja\nJa\nJa\nNej');
  await expect(said).toContainText('2 rader fick inte plats under det sista ärendet, rad 3 och 4.');
  await said.getByRole('button', { name: 'Jag har sett det' }).click();
  await expect(said).toHaveCount(0);
  // other cases' references are no answers: nothing is put beside them
  await focusCell(page, 1, 1);
  await paste(page, 'EB-2026-901\tNej\nEB-2026-902\tNej');
  await expect(said).toContainText('Inget lades in. Den första kolumnen är varken svar eller ärenden i det här urvalet');
  await expect(group(page, 1, 2).getByLabel('Ja')).toBeChecked();
  await expect(page.locator('.judge-progress')).toHaveText('7 av 12 svar');
});

test('a list whose kön is written as 1 and 2 is asked about', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill('Kön i siffror');
  await page.getByLabel('Hur ofta').selectOption('valda_manader');
  await page.getByLabel('november', { exact: true }).check();
  await press(page, 'Lägg till i planen');
  await page.locator('.row-title').first().click();
  await page.getByRole('link', { name: 'Genomför kontrollen' }).click();
  await page.getByLabel('Kriterier', { exact: true }).fill('Saklig');
  await page.getByLabel('Antal ärenden som dras').fill('3');
  await page.getByLabel('Lista med ärendenummer').fill('Ärende\tKön\nEB-1\t2\nEB-2\tPojke\nEB-3\tTjej');
  await page.getByRole('button', { name: 'Dra urvalet och börja' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Rad 1: kön står som ”2”' })).toBeFocused();
  await axe();
  await page.getByLabel('2 är kvinna och 1 är man').check();
  await page.getByRole('button', { name: 'Dra urvalet och börja' }).click();
  await expect(page.locator('.judge-row[data-nr]')).toHaveCount(3);
  for (const [name, kon] of [['EB-1', 'Kvinna'], ['EB-2', 'Man'], ['EB-3', 'Kvinna']]) {
    await expect(page.locator(`.judge-row[data-arende="${name}"] .kon`).getByLabel(kon, { exact: true })).toBeChecked();
  }
});
