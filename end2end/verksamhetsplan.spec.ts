// Verksamhetsplan: a plan is begun, its chain read in, a goal moved and one refused, decided, and copied to the next year; and what the
// demo's plan looks like as a picture and a list, on a laptop, on a phone and on paper.
import { readFileSync } from 'node:fs';
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

const sodermalm = readFileSync(new URL('../server/web/demo/malkedja-sodermalm-2014.csv', import.meta.url), 'utf8').replaceAll(';', '\t');

test('the chain is a picture that lights what a goal hangs together with, and a list that says the same', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/verksamhetsplan');
  await expect(page.locator('.page-head .sub')).toContainText('fastställd 2026-01-28');
  await expect(page.locator('.kedja-rubrik')).toHaveText([/Inriktningsmål\s+3/, /KF-mål\s+5/, /Nämndmål\s+9/, /Åtaganden\s+10, egna/]);
  await expect(page.locator('.kedja-ruta')).toHaveCount(27);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tre av tio åtaganden uppfylls helt, fyra delvis och ett inte');
  await expect(page.locator('.plan-rad')).toContainText('Två har ingen bedömning.');
  await axe('light', 'dark');
  // what stands over a goal and what stands under it are lit, and nothing else
  const lit = () =>
    page.locator('.kedja-ruta').evaluateAll((all) => all.filter((one) => getComputedStyle(one).boxShadow !== 'none').length);
  expect(await lit()).toBe(0);
  const own = page.locator('.kedja-ruta', { hasText: 'Individen får rätt insats' });
  await own.hover();
  expect(await lit()).toBe(4);
  await page.mouse.move(0, 0);
  await own.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(own).toBeFocused();
  expect(await lit()).toBe(4);
  // a goal is as tall as all that lies under it
  const height = async (text: string) => (await page.locator('.kedja-ruta', { hasText: text }).first().boundingBox())?.height ?? 0;
  expect(await height('Individen har ett varaktigt boende')).toBeGreaterThan(2 * (await height('Vräkningshotade personer bor kvar')));
  await page.getByRole('link', { name: 'Lista', exact: true }).click();
  await expect(page.locator('.mallista li')).toHaveCount(27);
  await axe();
  await page.getByRole('link', { name: 'Kapitel', exact: true }).click();
  await expect(page.locator('article.card')).toHaveCount(7);
  await axe();
  await page.getByRole('link', { name: 'Ändra: Kommunikation' }).click();
  await awake(page);
  await axe();
  await page.getByRole('textbox', { name: /^Text/ }).fill('Beslut från mötena läses av alla.');
  await press(page, 'Spara');
  await expect(page.locator('article', { hasText: 'Kommunikation' })).toContainText('Påbörjat');
});

test('on a phone the chain is a list that is no wider than the screen, and so on paper', async ({ browser, page, server }) => {
  const context = await browser.newContext({ baseURL: server, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const phone = await context.newPage();
  await logIn(phone, 'Handläggare');
  for (const path of ['/verksamhetsplan', '/verksamhetsplan?vy=lista']) {
    await phone.goto(path);
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  // who reads the plan does not write in it
  await expect(phone.getByRole('link', { name: /^Ändra/ })).toHaveCount(0);
  await expect(phone.getByRole('button', { name: /^Kopiera till/ })).toHaveCount(0);
  await context.close();
  await logIn(page, 'Enhetschef');
  await page.goto('/verksamhetsplan');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.kedja-huvud')).toBeHidden();
  await expect(page.locator('.kedja-niva').first()).toBeVisible();
});

test('a plan is begun, its chain read in, a goal moved and one refused, decided and copied to the next year', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/verksamhetsplan?ar=2028');
  await expect(page.locator('main')).toContainText('Ingen plan för 2028 än');
  await awake(page);
  await axe();
  await page.locator('label', { hasText: 'Åtaganden' }).click();
  await press(page, 'Börja och läs in en målkedja');
  await expect(page).toHaveURL(/\/las-in$/);
  await awake(page);
  await axe();
  await page.getByLabel('Eller klistra in från Excel').fill(sodermalm);
  await press(page, 'Förhandsgranska');
  await expect(page.locator('main')).toContainText('27 nya mål');
  await expect(page.locator('main')).toContainText('skiljer sig åt på någon bokstav');
  await awake(page);
  await axe();
  await press(page, 'Läs in 27 mål');
  await expect(page.locator('.kedja-ruta')).toHaveCount(27);
  await expect(page.locator('main')).toContainText('Tio åtaganden har ingen bedömning än');

  await page.getByRole('link', { name: 'Lista', exact: true }).click();
  await page.getByRole('link', { name: 'Flytta: Vräkningshotade personer bor kvar' }).click();
  await awake(page);
  await axe();
  const under = page.locator('#flytta').getByLabel('Ligger under');
  const other = await under.locator('option', { hasText: 'skäliga levnadsförhållanden' }).getAttribute('value');
  await under.selectOption(other);
  await press(page, 'Flytta målet');
  const goal = page.locator('.mallista li', { hasText: 'Barn och ungdomar har skäliga levnadsförhållanden' }).last();
  await expect(goal).toContainText('Vräkningshotade personer bor kvar');

  await awake(page);
  await press(page, 'Ta bort: Nämndens verksamhet är miljövänlig');
  await expect(page.getByRole('alert')).toContainText('Under målet ligger målet ”Alla medarbetare använder miljövänliga färdsätt”');
  await axe();

  await page.getByRole('link', { name: 'Nytt mål under: Nämndens verksamhet är miljövänlig' }).click();
  await awake(page);
  await page.locator('#titel').fill('Vi reser med tåg');
  await axe();
  await press(page, 'Lägg till målet');
  await expect(page.locator('.mallista')).toContainText('Vi reser med tåg');

  await awake(page);
  await press(page, 'Lägg fram som förslag till beslut');
  await expect(page.locator('.page-head .sub')).toContainText('förslag till beslut');
  await page.locator('summary', { hasText: 'Fastställ' }).click();
  await awake(page);
  await axe();
  await page.getByLabel('Diarienummer').fill('3.1-12/2028');
  await press(page, 'Fastställ');
  await expect(page.locator('.page-head .sub')).toContainText('fastställd 2026-11-23');
  await expect(page.locator('#gang')).toContainText('dnr 3.1-12/2028');
  await expect(page.getByRole('link', { name: 'Nytt mål', exact: true })).toHaveCount(0);

  await awake(page);
  await press(page, 'Kopiera till 2029');
  await expect(page.locator('.page-head .sub')).toContainText('Verksamhetsplan 2029 · utkast');
  await expect(page.locator('.kedja-ruta')).toHaveCount(28);
});

test('a table is known by its columns, shown, read in and undone, and all of a plan is a workbook', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/verksamhetsplan?ar=2031');
  await awake(page);
  await press(page, 'Börja och läs in en målkedja');
  await page.getByLabel('Eller klistra in från Excel').fill(sodermalm);
  await press(page, 'Förhandsgranska');
  await awake(page);
  await press(page, 'Läs in 27 mål');

  await page.getByRole('link', { name: 'Läs in en tabell' }).click();
  await awake(page);
  await axe();
  const head = 'Mål;Indikator;Enhet;Riktning;Årsmål;Periodicitet';
  const table = `${head}\n1.2;Andel barn i familjer med bistånd;%;lägre;0,8;Tertial`.replaceAll(';', '\t');
  await page.getByLabel('Eller klistra in från Excel').fill(table);
  await press(page, 'Förhandsgranska');
  await expect(page.locator('main')).toContainText('Indikatorer. En ny indikator.');
  await awake(page);
  await axe();
  await press(page, 'Läs in en ny indikator');
  await expect(page).toHaveURL(/\/utfall$/);

  const plan = page.url().replace(/\/utfall$/, '');
  await page.goto(`${plan}/las-in`);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Planens tabeller till Excel' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  await awake(page);
  await press(page, 'Ångra inläsningen av Inklistrat, Indikatorer');
  await expect(page.locator('#inlasningar')).toContainText('Ångrad');
  await axe();
});
