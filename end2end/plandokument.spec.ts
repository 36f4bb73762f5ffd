// The whole plan: read on one page and on paper, taken home as Word and PDF, with its bilagor; and its remiss, from the question to the
// answer.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

test('the whole plan is read in order, taken home as Word and PDF, and has its bilagor', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/verksamhetsplan');
  await page.getByRole('link', { name: 'Kapitel', exact: true }).click();
  await awake(page);
  await page.locator('summary', { hasText: 'Ny bilaga' }).click();
  await page.getByLabel('Bilagans namn').last().fill('Kompetensförsörjningsplan');
  await press(page, 'Lägg till bilagan');
  await expect(page.locator('#bilagor')).toContainText('Bilaga 2. Kompetensförsörjningsplan');
  await axe();
  await page.getByRole('link', { name: 'Hela planen' }).click();
  const article = page.locator('#planen');
  await expect(article.getByRole('heading', { name: 'Inledning' })).toBeVisible();
  await expect(article.getByRole('heading', { name: '1.2 Invånare i Stockholm är självförsörjande' })).toBeVisible();
  await expect(article).toContainText('Bilaga 2. Kompetensförsörjningsplan');
  await axe('light', 'dark');
  for (const [name, file] of [['Till Word', /^verksamhetsplan-2026-.+\.docx$/], ['Till PDF', /^verksamhetsplan-2026-.+\.pdf$/]] as const) {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    expect((await download).suggestedFilename()).toMatch(file);
  }
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('link', { name: 'Till Word' })).toBeHidden();
  await expect(article).toBeVisible();
});

test('everybody in the unit says what they think of a chapter, and the chef answers with why', async ({ browser, page, server, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/verksamhetsplan');
  await page.locator('#gang').getByRole('link', { name: 'Se synpunkterna' }).click();
  await expect(page.locator('#remiss')).toContainText('Ändras inte: Utfallet kommer en gång i månaden.');
  await awake(page);
  await axe('light', 'dark');
  await page.locator('summary', { hasText: 'Skicka planen på remiss igen' }).click();
  await page.getByLabel('Sista dagen för synpunkter').fill('2026-12-15');
  await press(page, 'Skicka planen på remiss igen');
  await expect(page.locator('main')).toContainText('På remiss till 2026-12-15');

  const context = await browser.newContext({ baseURL: server, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const phone = await context.newPage();
  await logIn(phone, 'Handläggare');
  await phone.getByRole('link', { name: 'Säg vad du tycker om verksamhetsplanen 2026' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'Remiss' })).toBeVisible();
  await phone.goto('/verksamhetsplan');
  await phone.getByRole('link', { name: 'Kapitel', exact: true }).click();
  await phone.getByRole('link', { name: 'Lämna en synpunkt om Verksamhetsutveckling' }).click();
  await awake(phone);
  await expect(phone.getByLabel('Vad gäller det?')).toHaveValue(/^kapitel:/);
  await phone.getByLabel('Din synpunkt').fill('Det här vill vi prata om på APT.');
  await press(phone, 'Lämna synpunkten');
  await expect(phone.locator('#remiss')).toContainText('Det här vill vi prata om på APT.');
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await page.reload();
  const said = page.locator('#remiss li', { hasText: 'Det här vill vi prata om på APT.' });
  await expect(said).toContainText('Inget svar än');
  await said.locator('summary').click();
  await awake(page);
  await said.getByLabel('Har planen ändrats?').selectOption('nej');
  await said.getByRole('button', { name: 'Spara svaret' }).click();
  await expect(page.getByRole('alert')).toContainText('Skriv varför det inte ändras');
  await awake(page);
  await page.locator('#remiss li', { hasText: 'Det här vill vi prata om på APT.' }).getByLabel('Varför, eller vad').fill('Vi tar det på APT i januari.');
  await page.locator('#remiss li', { hasText: 'Det här vill vi prata om på APT.' }).getByRole('button', { name: 'Spara svaret' }).click();
  await expect(page.locator('#remiss')).toContainText('Ändras inte: Vi tar det på APT i januari.');
  await context.close();
});
