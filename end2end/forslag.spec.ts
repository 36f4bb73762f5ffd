// Förslag: said in ten seconds, named or not, moved on, turned down with a reason, made an åtgärd. What has a name is seen by
// the others at once, the rest when they open the page: the minute would tell who was at work.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

test('a förslag without a name is seen by the chef on the next look, one with a name at once, and goes on to an åtgärd', async ({ browser, server, page, axe }) => {
  const chef = await (await browser.newContext({ baseURL: server })).newPage();
  await logIn(chef, 'Enhetschef');
  await chef.goto('/forslag');
  await awake(chef);
  await logIn(page, 'Handläggare');
  await page.goto('/forslag');
  await page.getByLabel('Vad?').fill('Gul mapp för brådskande post');
  await page.getByRole('button', { name: 'Skicka' }).click();
  await expect(page.locator('.notice.done')).toContainText('Tack');
  await expect(page.getByRole('button', { name: /^Ta upp på APT/ })).toHaveCount(0);
  await page.getByLabel('Vad?').fill('Röd mapp för det som kan vänta');
  await page.getByLabel('Visa mitt namn').check();
  await page.getByRole('button', { name: 'Skicka' }).click();
  await expect(chef.locator('.row', { hasText: 'Röd mapp' })).toContainText('Handläggare');
  await chef.goto('/forslag');
  await awake(chef);
  const row = chef.locator('.row', { hasText: 'Gul mapp för brådskande post' });
  await expect(row).toContainText('utan namn');
  await row.getByRole('button', { name: /^Ta upp på APT/ }).click();
  await expect(chef.locator('section[aria-labelledby="diskuteras"] .row', { hasText: 'Gul mapp' })).toBeVisible();
  await row.getByRole('link', { name: /^Gör till åtgärd/ }).click();
  await expect(chef.getByLabel('Varför?')).toHaveValue('Gul mapp för brådskande post');
  await chef.getByLabel('Vad ska göras?').fill('Gula mappar köps in');
  await chef.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  await chef.getByLabel('Klar senast').fill('2026-12-01');
  await press(chef, 'Lägg till');
  await chef.locator('main').getByRole('link', { name: 'Förslag', exact: true }).click();
  await expect(chef.locator('.row', { hasText: 'Gul mapp för brådskande post' }).getByRole('link', { name: 'Gula mappar köps in' })).toBeVisible();
  await chef.goto('/forslag');
  await axe();
  await chef.context().close();
});

test('turning down asks why, keeps the text that is too much, and tells everybody', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/forslag');
  await page.getByLabel('Vad?').fill('Stäng telefonen på fredagar');
  await page.getByLabel('Visa mitt namn').check();
  await page.getByRole('button', { name: 'Skicka' }).click();
  const row = page.locator('.row', { hasText: 'Stäng telefonen på fredagar' });
  await expect(row).toContainText('Enhetschef');
  await row.getByText('Avslå', { exact: true }).click();
  await row.getByRole('button', { name: 'Avslå förslaget' }).click();
  await expect(row.getByRole('alert')).toContainText('Skriv varför');
  await row.getByLabel('Varför?').fill('Telefontiden är beslutad av nämnden.');
  await row.getByRole('button', { name: 'Avslå förslaget' }).click();
  const gone = page.locator('section[aria-labelledby="avslagen"] .row', { hasText: 'Stäng telefonen' });
  await expect(gone).toContainText('Telefontiden är beslutad av nämnden.');
});

test('without JavaScript a guldstjärna is given as a form', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Handläggare', exact: true }).click();
  await expect(page).not.toHaveURL(/logga-in/);
  await page.goto('/forslag');
  await page.getByLabel(/^Guldstjärna/).check();
  await page.getByLabel('Vad?').fill('Receptionen tolkade på tre språk i dag');
  await page.getByRole('button', { name: 'Skicka' }).click();
  await expect(page.locator('section[aria-labelledby="guldstjarnor"]')).toContainText('tre språk');
  await context.close();
});

test('what is wrong with a förslag without a name is said on the page, with what was typed, and it is sent from there', async ({ browser, server }) => {
  // the answer says 422, which a browser writes in its console
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  await page.goto('/forslag');
  await page.getByLabel('Vad?').fill('Ring 060606-1234 om posten');
  await page.getByRole('button', { name: 'Skicka' }).click();
  await expect(page.getByRole('alert')).toContainText('personnummer');
  await expect(page).toHaveURL(/\/forslag/);
  await expect(page.getByLabel('Vad?')).toHaveValue('Ring 060606-1234 om posten');
  await page.getByLabel('Vad?').fill('Ring tillbaka om posten samma dag');
  await page.getByRole('button', { name: 'Skicka' }).click();
  await expect(page.locator('.row', { hasText: 'Ring tillbaka om posten' })).toContainText('utan namn');
  await context.close();
});
