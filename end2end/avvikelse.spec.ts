// Avvikelser: reported on a phone and never lost, read by the right people and nobody else, from report to followed-up effect.
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

async function as(browser: Browser, server: string, role: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(page, role);
  return page;
}

/** Fills in the report; everything else is as it stands. */
async function write(page: Page, what: string) {
  await page.getByLabel('Vad hände?').fill(what);
  await page.getByLabel(/^Vad blev det för konsekvens/).fill('Utbetalningen blev två dagar sen.');
}

async function report(page: Page, what: string): Promise<string> {
  await page.goto('/avvikelser/ny');
  await awake(page);
  await write(page, what);
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** How many cases the register has with these words. */
async function found(page: Page, words: string) {
  await page.goto(`/avvikelser?q=${encodeURIComponent(words)}`);
  return page.locator('.table tbody tr').count();
}

const unfold = (page: Page, name: string) => page.locator('summary', { hasText: new RegExp(`^${name}$`) }).click();

test('a handläggare reports on a phone in a few fields, and follows it without seeing the investigation', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await page.goto('/avvikelser');
  await page.getByRole('link', { name: 'Rapportera', exact: true }).first().click();
  await awake(page);
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'behöver rättas' })).toContainText('Skriv vad som hände');
  await write(page, 'Ett brev låg kvar i skrivaren över natten');
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
  await expect(page.getByText('Din rapport har kommit fram. Chefen läser och bedömer den.')).toBeVisible();
  await expect(page.getByText('Bedöm', { exact: true })).toHaveCount(0);
  const own = page.url();
  await page.goto('/avvikelser');
  await expect(page.locator('.row-title', { hasText: 'Ett brev låg kvar i skrivaren' })).toBeVisible();
  await page.goto('/avvikelser/ny');
  await awake(page);
  await expect(page.getByLabel('Vad hände?'), 'what was sent is no draft any more').toHaveValue('');
  await page.goto(own);
  await context.close();
});

test('a personnummer is told of while it is written, and does not leave the device', async ({ page, axe }) => {
  await logIn(page, 'Handläggare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await write(page, 'Ansökan från 060606-1234 låg kvar');
  await expect(page.locator('#what-varning')).toContainText('personnummer');
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().includes('create_avvikelse')) sent += 1;
  });
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByLabel('Vad hände?')).toBeFocused();
  expect(sent).toBe(0);
  await axe();
});

test('what is written survives a closed page, and the next person on the computer does not see it', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await page.getByLabel('Vad hände?').fill('Halvskriven händelse om nycklar');
  await expect(page.locator('.draft-said')).toContainText('sparas på den här enheten');
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).map((d) => d.name))).toContain('kvalitetshjulet-utkast');
  await page.close();
  const again = await context.newPage();
  await again.goto('/avvikelser/ny');
  await awake(again);
  await expect(again.getByLabel('Vad hände?')).toHaveValue('Halvskriven händelse om nycklar');
  await again.getByRole('button', { name: 'Logga ut' }).click();
  const question = again.getByRole('alertdialog');
  await expect(question).toContainText('En rapport är påbörjad och inte skickad');
  await expect(question.getByRole('button', { name: 'Skicka och logga ut' })).toBeHidden();
  await question.getByRole('button', { name: 'Behåll på enheten och logga ut' }).click();
  await expect(again).toHaveURL(/logga-in/);
  await logIn(again, 'Metodutvecklare');
  await again.goto('/avvikelser/ny');
  await awake(again);
  await expect(again.getByLabel('Vad hände?')).toHaveValue('');
  const kept = await again.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const open = indexedDB.open('kvalitetshjulet-utkast', 1);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const all = open.result.transaction('utkast').objectStore('utkast').getAll();
          all.onsuccess = () => resolve(JSON.stringify(all.result));
        };
      }),
  );
  expect(kept).not.toContain('nycklar');
  await context.close();
});

test('without network a report is kept and sent once when it is back, and a double click is one', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Metodutvecklare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await write(page, 'Zonindelningen på kartan var fel');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByText('Sparat på enheten, skickas när nätet är tillbaka')).toBeVisible();
  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(page.getByText('Rapporten är skickad', { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.goto('/avvikelser/ny');
  await awake(page);
  await write(page, 'Zonlarmet gick utan orsak');
  await page.getByRole('button', { name: 'Skicka rapporten' }).dblclick();
  await expect(page.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
  await context.close();
  const chef = await as(browser, server, 'Enhetschef');
  expect(await found(chef, 'zonindelningen')).toBe(1);
  expect(await found(chef, 'zonlarmet')).toBe(1);
  await chef.context().close();
});

test('a session that has ended costs no report', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await write(page, 'Utloggad mitt i rapporten');
  await expect(page.locator('.draft-said')).toContainText('sparas');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.locator('.draft-said')).toContainText('Du är utloggad, så rapporten är inte skickad');
  await expect(page.getByLabel('Vad hände?'), 'it stays where it is').toHaveValue('Utloggad mitt i rapporten');
  await page.getByRole('link', { name: 'Logga in, så kommer du tillbaka hit' }).click();
  await page.getByRole('button', { name: 'Handläggare', exact: true }).click();
  await expect(page).toHaveURL(/avvikelser\/ny/);
  await awake(page);
  await expect(page.locator('.draft-restored')).toContainText('Det är inte skickat än');
  await expect(page.getByLabel('Vad hände?')).toHaveValue('Utloggad mitt i rapporten');
  await press(page, 'Skicka rapporten');
  await expect(page.getByRole('heading', { name: /^Din rapport R-[0-9A-F]{6}$/ })).toBeVisible();
  await context.close();
});

test('a report that is answered survives kill -9', async ({ browser, own }) => {
  test.setTimeout(90_000);
  const page = await as(browser, own.address, 'Handläggare');
  const path = await report(page, 'Skrivet strax före avbrottet');
  await own.kill();
  await own.again();
  await page.goto(path);
  await expect(page.getByText('Skrivet strax före avbrottet')).toBeVisible();
  await page.context().close();
});

test('a lex Sarah case goes from report through IVO to followed-up effect, with every deadline on the page', async ({ browser, server, page, axe }) => {
  test.setTimeout(120_000);
  await logIn(page, 'Handläggare');
  const path = await report(page, 'Familj utan värme i tre dygn');
  const chef = await as(browser, server, 'Enhetschef');
  await chef.goto(path);
  await expect(chef.getByRole('heading', { name: /^Ärende 2026-/ })).toBeVisible();
  await unfold(chef, 'Anmäl misstänkt missförhållande');
  await chef.getByLabel('Vad talar för ett missförhållande?').fill('Barn i hushållet.');
  await press(chef, 'Anmäl misstänkt missförhållande');
  await expect(chef.locator('.countdown', { hasText: 'Dokumentera, utred och avhjälp' })).toContainText('27 kap. 5 §');
  await expect(chef.locator('.row', { hasText: 'Besluta om lex Sarah' })).toContainText('Bara lex Sarah-utredaren');

  const utredare = await as(browser, server, 'Lex Sarah-utredare');
  await utredare.goto('/');
  await expect(utredare.locator('.row-title', { hasText: 'Besluta om lex Sarah' }).first()).toBeVisible();
  await utredare.goto(path);
  await utredare.getByLabel('Allvarligt missförhållande', { exact: true }).check();
  await press(utredare, 'Spara beslutet');
  await expect(utredare.getByRole('alert')).toContainText('Skriv varför');
  await utredare.getByLabel('Motivering').fill('Barn utan värme i tre dygn.');
  await press(utredare, 'Spara beslutet');
  await expect(utredare.locator('.toast')).toContainText('Beslutet om lex Sarah är sparat');

  await expect(utredare.locator('.state-line .now'), 'the decision says what it is').toHaveText('Bedömd');
  const first = await utredare.getByRole('heading', { name: 'Rapporten', exact: true }).boundingBox();
  const forms = await utredare.getByRole('heading', { name: 'Nu', exact: true }).boundingBox();
  expect(first!.y, 'the report stands above what is filled in').toBeLessThan(forms!.y);
  await utredare.locator('summary', { hasText: 'Registrera anmälan till IVO' }).click();
  await utredare.getByLabel('Diarienummer').fill('3.2.1-99/2026');
  await utredare.locator('details[open]', { hasText: 'Diarienummer' }).getByRole('button', { name: 'Spara' }).click();
  await expect(utredare.locator('.countdown', { hasText: 'Skicka utredningen till IVO' })).toContainText('kvar');
  // who writes it has begun, and says in the same form that it was sent
  await utredare.goto(`${path}?flik=utredning`);
  await utredare.getByLabel('Händelseförlopp').fill('Fredag: anmälan. Måndag: upptäckt.');
  await utredare.getByLabel('Vad utredningen visar').fill('Ingen bevakade jourtelefonen.');
  await utredare.getByLabel('Konsekvenser för den enskilde').fill('Tre dygn utan värme.');
  await utredare.getByLabel('Processer och rutiner').check();
  await utredare.getByLabel('Stor', { exact: true }).check();
  await utredare.getByLabel('Beslut', { exact: true }).fill('Jouren bevakas av två.');
  await utredare.getByLabel('Skickad till IVO').fill('2026-11-23');
  await press(utredare, 'Spara utredningen');
  await utredare.goto(path);
  await expect(utredare.locator('.countdown.kept', { hasText: 'Skicka utredningen till IVO' })).toContainText('gjort i tid');

  await utredare.goto(`${path}?flik=atgarder`);
  await utredare.getByRole('link', { name: 'Ny åtgärd' }).click();
  await expect(utredare.getByLabel('Ansvarig').locator('option:checked'), 'the chef is told in Att göra').toHaveText('Enhetschef');
  await utredare.getByLabel('Vad ska göras?').fill('Två bevakar jourtelefonen');
  await utredare.getByLabel('Klar senast').fill('2026-12-01');
  await press(utredare, 'Lägg till');
  await expect(utredare).toHaveURL(/flik=atgarder/);
  await chef.goto('/');
  const told = chef.locator('.row', { hasText: 'har gjort dig ansvarig för ”Två bevakar jourtelefonen”' });
  await expect(told).toBeVisible();
  await told.getByRole('button', { name: /^Jag har sett det/ }).click();
  await expect(told).toHaveCount(0);
  await expect(chef.locator('.row-title', { hasText: 'Två bevakar jourtelefonen' }).first()).toBeVisible();
  await chef.goto(`${path}?flik=atgarder`);
  await chef.getByLabel('Effekten följs upp').fill('2026-12-20');
  await press(chef, 'Spara uppföljningen');
  await chef.goto(`${path}?flik=kopplingar`);
  await chef.getByLabel('Vad hänger det ihop med?').selectOption({ label: 'Egenkontroll: Dokumentation' });
  await expect(chef.getByLabel('Vad heter det?')).toBeHidden();
  await chef.getByLabel('Vad ändrades i den?').fill('Jourtelefonen prövas varje månad');
  await press(chef, 'Lägg till');
  await expect(chef.getByRole('link', { name: 'Dokumentation', exact: true })).toHaveAttribute('href', /^\/egenkontroll\//);
  await utredare.goto(path);
  await press(utredare, 'Gå till åtgärder');
  await chef.goto(`${path}?flik=atgarder`);
  await chef.getByRole('link', { name: 'Två bevakar jourtelefonen' }).click();
  await press(chef, 'Klar');
  await chef.goto(`${path}?flik=atgarder`);
  // effect, feedback and the end are one form; the lex Sarah-utredare alone closes with it
  await chef.getByLabel('Vilken effekt fick åtgärderna?').fill('Inget samtal har missats.');
  await chef.getByLabel('Vad rapportören får läsa').fill('Jouren bevakas nu av två.');
  await expect(chef.getByLabel('Återkopplat')).toHaveValue('2026-11-23');
  await chef.getByLabel('Arbetsgruppen').fill('2026-11-23');
  await expect(chef.getByRole('button', { name: 'Spara och avsluta ärendet' })).toHaveCount(0);
  await press(chef, 'Spara');
  await utredare.goto(path);
  for (const [name, file] of [['Till Word för IVO', /^ivo-2026-\d+-[a-zåäö-]+\.docx$/], ['Till PDF för IVO', /^ivo-2026-\d+-[a-zåäö-]+\.pdf$/]] as const) {
    const [download] = await Promise.all([utredare.waitForEvent('download'), utredare.getByRole('link', { name }).click()]);
    expect(download.suggestedFilename()).toMatch(file);
  }
  await utredare.goto(`${path}?flik=atgarder`);
  await press(utredare, 'Spara och avsluta ärendet');
  await expect(utredare.locator('.state-line [aria-current]')).toHaveText(/Avslutad/);

  await page.goto(path);
  await expect(page.getByText('Jouren bevakas nu av två.')).toBeVisible();
  await expect(page.getByText('Ingen bevakade jourtelefonen.')).toHaveCount(0);
  await axe();
  await utredare.goto(`${path}/logg`);
  await expect(utredare.getByRole('row', { name: /Enhetschef/ }).first()).toBeVisible();
  await chef.context().close();
  await utredare.context().close();
});

test('from a report to what IVO gets are at most 25 clicks, those into fields among them', async ({ browser, server, page }) => {
  test.setTimeout(120_000);
  // everything that a hand does once somebody has logged in: links, fields, choices and buttons; no address is typed
  let clicks = 0;
  const click = async (target: Locator) => {
    clicks += 1;
    await target.click();
  };
  const into = async (target: Locator, text: string) => {
    await click(target);
    await target.fill(text);
  };
  const send = async (from: Page, name: string) => {
    clicks += 1;
    await press(from, name);
  };
  const what = 'Fel person fick hämta barnet från förskolan';
  await logIn(page, 'Handläggare');
  await click(page.getByRole('link', { name: 'Rapportera avvikelse' }).first());
  await page.waitForURL(/\/avvikelser\/ny/);
  await awake(page);
  await into(page.getByLabel('Vad hände?'), what);
  await into(page.getByLabel(/^Vad blev det för konsekvens/), 'Barnet saknades i två timmar.');
  await click(page.getByRole('button', { name: 'Skicka rapporten' }));
  await expect(page.getByRole('heading', { name: /^Din rapport R-/ })).toBeVisible();

  const chef = await as(browser, server, 'Enhetschef');
  await click(chef.getByRole('navigation').getByRole('link', { name: /^Avvikelser/ }).first());
  await chef.waitForURL(/\/avvikelser$/);
  await click(chef.locator('.row', { hasText: what }).locator('.row-title'));
  const heading = chef.getByRole('heading', { name: /^Ärende 2026-/ });
  const number = ((await heading.textContent()) ?? '').replace('Ärende ', '').trim();
  await click(chef.locator('summary', { hasText: /^Anmäl misstänkt missförhållande$/ }));
  await into(chef.getByLabel('Vad talar för ett missförhållande?'), 'Barnet var utan tillsyn.');
  await send(chef, 'Anmäl misstänkt missförhållande');

  const utredare = await as(browser, server, 'Lex Sarah-utredare');
  await click(utredare.locator('.row-title', { hasText: `Besluta om lex Sarah i ${number}` }).first());
  await click(utredare.getByLabel('Allvarligt missförhållande', { exact: true }));
  await into(utredare.getByLabel('Motivering'), 'Barnet var utan tillsyn i två timmar.');
  await send(utredare, 'Spara beslutet');
  const dnr = utredare.getByLabel('Diarienummer');
  await click(utredare.locator('summary', { hasText: 'Registrera anmälan till IVO' }));
  await into(dnr, '3.2.1-100/2026');
  await click(utredare.locator('details[open]', { hasText: 'Diarienummer' }).getByRole('button', { name: 'Spara' }));
  await expect(utredare.locator('.countdown', { hasText: 'Skicka utredningen till IVO' })).toContainText('kvar');
  await click(utredare.getByRole('navigation', { name: 'Flikar' }).getByRole('link', { name: 'Utredning' }));
  await utredare.waitForURL(/flik=utredning/);
  await into(utredare.getByLabel('Händelseförlopp'), 'Klockan 15: hämtat. Klockan 17: funnet.');
  await into(utredare.getByLabel('Vad utredningen visar'), 'Listan över vem som får hämta lästes inte.');
  await into(utredare.getByLabel('Konsekvenser för den enskilde'), 'Två timmar utan tillsyn.');
  await click(utredare.getByLabel('Processer och rutiner'));
  await click(utredare.getByLabel('Stor', { exact: true }));
  await into(utredare.getByLabel('Beslut', { exact: true }), 'Listan läses av två.');
  await send(utredare, 'Spara utredningen');
  const download = utredare.waitForEvent('download');
  await click(utredare.getByRole('link', { name: 'Till Word för IVO' }));
  expect((await download).suggestedFilename()).toMatch(new RegExp(`^ivo-${number}-[a-zåäö-]+[.]docx$`));
  expect(clicks, 'clicks from the report to the file for IVO').toBeLessThanOrEqual(25);
  await chef.context().close();
  await utredare.context().close();
});

test('a reporter adds to a sent report, and an incident counts 72 hours from the report until an earlier time is given', async ({ browser, server, page, axe }) => {
  await logIn(page, 'Handläggare');
  await page.goto('/avvikelser/ny');
  await awake(page);
  await expect(page.getByLabel('Upptäcktes, dag')).toBeHidden();
  await write(page, 'Brevet låg i fel kuvert hos grannen');
  await page.getByLabel('Personuppgifter har kommit fel, försvunnit eller ändrats').check();
  await expect(page.getByLabel('Upptäcktes, dag')).toBeVisible();
  await page.getByRole('button', { name: 'Skicka rapporten' }).click();
  await expect(page.getByRole('heading', { name: /^Din rapport/ })).toBeVisible();
  const path = new URL(page.url()).pathname;
  await page.getByLabel('Lägg till i rapporten').fill('Grannen har lämnat tillbaka brevet');
  await press(page, 'Lägg till');
  await expect(page.locator('.toast')).toContainText('Tillägget är sparat');
  await expect(page.getByRole('heading', { name: /^Tillägg 2026-/ })).toBeVisible();
  await axe();
  const chef = await as(browser, server, 'Enhetschef');
  await chef.goto('/avvikelser');
  const row = chef.locator('.row', { hasText: 'Brevet låg i fel kuvert hos grannen' });
  await expect(row).toContainText('Anmäl till IMY');
  await expect(row).toContainText(/senast \p{L}{3} \d+ \p{L}+ \d\d\.\d\d/u);
  await chef.goto('/');
  await expect(chef.locator('main'), 'not in Att göra').not.toContainText('Brevet låg i fel kuvert');
  await chef.goto(path);
  await expect(chef.getByText('Grannen har lämnat tillbaka brevet')).toBeVisible();
  await expect(chef.locator('.countdown', { hasText: 'Anmäl till IMY' })).toContainText('Senast');
  await chef.context().close();
});

test('to everybody else the case is not there: not on its page, in search, in Att göra, on the wheel nor by its files', async ({ browser, server, page }) => {
  await logIn(page, 'Handläggare');
  const path = await report(page, 'Hemlighet om vattenskadan');
  const chef = await as(browser, server, 'Enhetschef');
  await chef.goto(path);
  const number = ((await chef.getByRole('heading', { level: 1 }).textContent()) ?? '').replace('Ärende ', '');
  await chef.context().close();
  const missing = path.replace(/.{12}$/, '000000000000');
  for (const role of ['Metodutvecklare', 'Verksamhetscontroller', 'Administratör']) {
    const other = await as(browser, server, role);
    for (const address of [path, `${path}/logg`, `${path}?flik=bilagor`, missing]) {
      const response = await other.goto(address);
      expect(response?.status(), `${role} ${address}`).toBe(404);
    }
    for (const address of ['/', '/arshjul', '/avvikelser', '/avvikelser?q=vattenskadan']) {
      await other.goto(address);
      await expect(other.locator('body'), `${role} ${address}`).not.toContainText(number);
      await expect(other.locator('main'), `${role} ${address}`).not.toContainText('vattenskadan');
    }
    await other.context().close();
  }
});

test('of two who write in the same case the later sees what the first wrote, and keeps the own text', async ({ browser, server, page }) => {
  await logIn(page, 'Handläggare');
  const path = await report(page, 'Två skriver samtidigt');
  const chef = await as(browser, server, 'Enhetschef');
  const bitradande = await as(browser, server, 'Biträdande enhetschef');
  await chef.goto(`${path}?flik=utredning`);
  await bitradande.goto(`${path}?flik=utredning`);
  await chef.getByLabel('Vad utredningen visar').fill('Det chefen såg');
  await press(chef, 'Spara utredningen');
  await expect(chef.locator('.toast')).toContainText('sparad');
  await bitradande.getByLabel('Vad utredningen visar').fill('Det biträdande såg');
  await press(bitradande, 'Spara utredningen');
  await expect(bitradande.getByRole('alert')).toContainText('Enhetschef ändrade senast');
  await expect(bitradande.getByLabel('Vad utredningen visar')).toHaveValue('Det biträdande såg');
  await expect(bitradande.locator('.field', { hasText: 'Vad utredningen visar' })).toContainText('Det chefen såg');
  await press(bitradande, 'Spara utredningen');
  await expect(bitradande.locator('.toast')).toContainText('sparad');
  await chef.context().close();
  await bitradande.context().close();
});

test('a klagomål without JavaScript, and figures that hide what is small for those who do not handle cases', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Handläggare', exact: true }).click();
  await expect(page).not.toHaveURL(/logga-in/);
  await page.goto('/avvikelser/nytt-klagomal');
  await page.getByLabel('Klagomål', { exact: true }).check();
  await page.getByLabel('Vad framfördes?').fill('Ingen ringde tillbaka');
  await page.getByLabel('Vad handlar det om?').selectOption('tillganglighet');
  await page.getByLabel('Hur kom det in?').selectOption('telefon');
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('alert')).toContainText('bocka för anonym');
  await page.getByLabel('Personen vill vara anonym').check();
  await page.getByRole('button', { name: 'Spara' }).click();
  await expect(page.getByRole('heading', { name: /^Din rapport/ })).toBeVisible();
  await page.goto('/avvikelser/statistik?ar=2022');
  const year = page.getByRole('row', { name: /^2022/ });
  await expect(year).toContainText('182');
  await expect(year.getByRole('cell').nth(6), 'three to IVO are too few to show').toHaveText('–');
  await context.close();
  const chef = await as(browser, server, 'Enhetschef');
  await chef.goto('/avvikelser/statistik?ar=2022');
  const exact = chef.getByRole('region', { name: 'Exakta antal', exact: true });
  await expect(exact).toContainText('Bara för er som handlägger');
  await expect(exact.getByRole('row', { name: /^2022/ }).getByRole('cell').nth(6)).toHaveText('3');
  await chef.getByRole('link', { name: 'Det som alla ser' }).click();
  await expect(exact).toHaveCount(0);
  await expect(chef.getByRole('row', { name: /^2022/ }).getByRole('cell').nth(6)).toHaveText('–');
  await chef.context().close();
});

test('a file is attached, judged by its content, and given back as a download', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/avvikelser?q=kuvert');
  await page.locator('.table th a').first().click();
  await page.getByRole('link', { name: /^Filer/ }).click();
  const file = page.getByLabel('Fil', { exact: true });
  await file.setInputFiles({ name: 'bild.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<script>alert(1)</script>') });
  await press(page, 'Bifoga');
  await expect(page.getByRole('alert')).toBeVisible();
  const pdf = '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n';
  await page.getByLabel('Fil', { exact: true }).setInputFiles({ name: 'brevet.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) });
  await press(page, 'Bifoga');
  await expect(page.locator('.toast')).toContainText('brevet.pdf är bifogad');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'brevet.pdf' }).click()]);
  expect(download.suggestedFilename()).toBe('brevet.pdf');
});

test('a photo of a phone is attached without JavaScript, and the page says that its place was taken out', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await page.goto('/avvikelser?q=kuvert');
  await page.locator('.table th a').first().click();
  await page.getByRole('link', { name: /^Filer/ }).click();
  const photo = (name: string) => fileURLToPath(new URL(`../server/web/tests/foton/${name}`, import.meta.url));
  const attach = async (name: string) => {
    await page.getByLabel('Fil', { exact: true }).setInputFiles(photo(name));
    await press(page, 'Bifoga');
  };
  await attach('egen-plats-och-vriden.jpg');
  const row = page.locator('.row', { hasText: 'egen-plats-och-vriden.jpg' });
  await expect(row).toContainText('Platsuppgiften togs bort.');
  await attach('13b-PXL_20261123_101233-hdr.jpg');
  await expect(page.locator('.row', { hasText: 'hdr.jpg' })).toContainText('Det som låg efter bilden i filen togs bort.');
  await attach('13d-IMG_0412.HEIC');
  await expect(page.getByRole('alert')).toContainText('HEIC');
  await expect(page.getByRole('alert')).toContainText('Mest kompatibel');
  await page.reload();
  await expect(row).toContainText('Platsuppgiften togs bort.');
  await context.close();
});

test('a unit sets when closed cases go, is told how many and from which day, and can take it back', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/avvikelser/installningar');
  const years = () => page.getByLabel('Gallra avslutade ärenden efter, år');
  await expect(years(), 'nothing goes before somebody has said so').toHaveValue('');
  await years().fill('99');
  await press(page, 'Spara');
  await expect(page.getByRole('alert')).toBeVisible();
  await years().fill('1');
  await press(page, 'Spara');
  await expect(years()).toHaveValue('1');
  await expect(page.getByText('Gallringen börjar 2026-11-30. Då gallras')).toBeVisible();
  await years().fill('');
  await press(page, 'Spara');
  await expect(years()).toHaveValue('');
  await expect(page.getByText('Gallringen börjar')).toHaveCount(0);
});
