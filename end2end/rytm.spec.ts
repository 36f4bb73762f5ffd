// A rhythm as people say it: chosen in the form, said back before it is saved, and seen on its days.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

const TITLE = 'Rytmmöte';
const HOURS = '13.00–15.00';

test('varannan tisdag 13.00–15.00 is made, and stands on its days on the month wheel and in Att göra', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/aktiviteter/ny');
  await page.getByLabel('Vad', { exact: true }).fill(TITLE);
  await page.getByLabel('Kategori').selectOption({ label: 'Möten' });
  await expect(page.getByLabel('Vilka veckor')).toBeHidden();
  await page.getByLabel('Hur ofta').selectOption({ label: 'På veckodagar, till exempel varannan tisdag' });
  await page.getByLabel('Vilka veckor').selectOption({ label: 'Varannan vecka' });
  await page.getByLabel('tisdag', { exact: true }).check();
  // the demo's day is Monday 23 November
  await page.getByLabel('Dag eller första dag').fill('2026-11-24');
  await page.getByLabel('Klockan från').fill('13');
  await page.getByLabel('Klockan till').fill('15:00');
  await page.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  await awake(page);
  await press(page, 'Visa dagarna');

  const said = page.locator('.recurrence-fields .notice');
  await expect(said).toContainText(`Varannan tisdag ${HOURS}`);
  await expect(said).toContainText('De närmaste: tisdag 24 november; tisdag 8 december; tisdag 22 december.');
  await expect(said).toContainText('Inget är sparat än.');
  await expect(said).toBeInViewport();
  await expect(page.getByLabel('Vad', { exact: true })).toHaveValue(TITLE);
  await expect(page.getByLabel('tisdag', { exact: true })).toBeChecked();
  await axe();

  await press(page, 'Lägg på hjulet');
  await expect(page.getByRole('status')).toContainText(`${TITLE} ligger på hjulet: varannan tisdag ${HOURS}`);

  await page.goto('/arshjul?zoom=12&kategori=mote');
  for (const day of ['8 december', '22 december']) {
    await expect(page.locator(`.wheel a.mark[aria-label*="${TITLE}, möten, ${day} ${HOURS}"]`)).toHaveCount(1);
  }
  // a control without a day stands under the month
  await page.goto('/arshjul?zoom=12&kategori=egenkontroll');
  await expect(page.locator('.wheel .wheel-under')).toHaveText('Under månaden');
  await expect(page.getByRole('heading', { name: 'Under månaden' })).toBeVisible();
  await axe();

  await page.goto('/');
  const row = page.locator('.row', { has: page.locator('.row-title', { hasText: TITLE }) }).first();
  await expect(row).toContainText(`24 november ${HOURS}`);
});

test('without JavaScript the fields of a rhythm come when it is chosen, and the days are said', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await logIn(page, 'Enhetschef');
  await page.goto('/egenkontroll/ny');
  await page.getByLabel('Kontrollmål').fill('Nycklar');
  await expect(page.getByLabel('Klockan från')).toBeHidden();
  await page.getByLabel('Hur ofta').selectOption({ label: 'En veckodag i månaden, till exempel tredje onsdagen' });
  await page.getByLabel('Vilken i månaden').selectOption({ label: 'Tredje' });
  await page.getByLabel('Veckodag', { exact: true }).selectOption({ label: 'onsdag' });
  await expect(page.getByLabel('Klockan från')).toBeVisible();
  await page.getByRole('button', { name: 'Visa dagarna' }).click();
  const said = page.locator('.recurrence-fields .notice');
  await expect(said).toContainText('Tredje onsdagen varje månad');
  await expect(said).toContainText('Nästa: onsdag 16 december.');
  await expect(page.getByLabel('Kontrollmål')).toHaveValue('Nycklar');
  await context.close();
});
