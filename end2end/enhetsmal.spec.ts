// The page of a goal: something is expected of it, an outcome is written, and what is proposed is decided; on a laptop and on a phone.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

test('what is expected of a goal is written, measured and decided', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/verksamhetsplan');
  await page.locator('main a[href*="/mal/"]:not([href$="/ny"])').last().click();
  await awake(page);
  const goal = page.url().split('?')[0];
  await axe();

  await page.goto(`${goal}/texter`);
  await awake(page);
  await page.getByLabel('Arbetssätt').fill('Möten varje vecka');
  await axe();
  await press(page, 'Spara');
  await expect(page.getByRole('heading', { name: 'Arbetssätt' })).toBeVisible();
  await expect(page.getByText('Resursanvändning', { exact: true })).toHaveCount(0);

  await page.getByRole('link', { name: 'Lägg till rad' }).click();
  await awake(page);
  await page.getByLabel('Vad förväntas?').fill('Antal vuxna med ekonomiskt bistånd');
  await page.getByLabel('Jämförelse').selectOption('hogst');
  await page.getByLabel('Tal eller ord').fill('975 st');
  await page.getByLabel('Villkor på en del').fill('varav högst 50 % kvinnor');
  await axe();
  await press(page, 'Lägg till');
  const row = page.locator('tr', { hasText: 'Antal vuxna med ekonomiskt bistånd' });
  await expect(row).toContainText('högst 975');

  await row.getByRole('link', { name: /^Fyll i utfall, VB/ }).click();
  await awake(page);
  await page.getByLabel('Utfall, st').fill('960');
  await page.getByLabel('Varav kvinnor').fill('490');
  await axe();
  await press(page, 'Spara');
  await expect(row).toContainText('51,04');
  await expect(row).toContainText('delvis');

  const card = page.locator('#bedomning');
  await expect(card).toContainText('Förslag:');
  await card.getByText('Uppfylls delvis', { exact: true }).last().click();
  await card.getByLabel('Analys').fill('Andelen kvinnor har ökat sedan i våras');
  await press(page, 'Spara bedömningen');
  await expect(card).toContainText('Andelen kvinnor har ökat');
  await axe();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(row).toContainText('51,04');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await axe();
  // the forms under the page
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto(`${goal}/grupp/ny`);
  await awake(page);
  await axe();
  await page.goto(`${goal}/uppfoljning/ny`);
  await awake(page);
  await page.getByLabel('Vad följs upp?').fill('Placeringar på tillfälliga boenden');
  await page.getByLabel('Hur ofta').selectOption('varje_manad');
  await page.getByLabel('APT', { exact: true }).check();
  await axe();
  await press(page, 'Lägg till');
  const foljs = page.locator('#uppfoljning');
  await expect(foljs).toContainText('Visas: APT');
  await axe();
  await foljs.getByRole('link', { name: 'Placeringar på tillfälliga boenden', exact: true }).click();
  await awake(page);
  await axe();
  await page.goto(goal);
  const rad = await page.locator('main a[href*="/rad/"]:not([href*="/utfall/"]):not([href$="/ny"])').first().getAttribute('href');
  await page.goto(rad ?? '');
  await awake(page);
  await axe();
});
