// Jämställdhetsanalys: figures of two groups, whether chance gives the difference, a judgement that has a reason, and an åtgärd; small
// counts are not for everybody.
import { expect, test } from './fixture';
import { awake, logIn, press } from './steps';

test('an analysis says whether chance gives the difference, is judged with a reason and becomes an åtgärd', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/siffror/jamstalldhet');
  await axe();
  await page.getByRole('link', { name: 'Ny analys' }).click();
  await awake(page);
  await page.getByLabel('Vad undrar ni?').fill('Får kvinnor och män besked lika fort?');
  const first = page.getByRole('group', { name: 'Första gruppen' });
  await first.getByLabel('Hur många stämmer det för?').fill('45');
  await first.getByLabel('Av hur många i gruppen?').fill('100');
  const second = page.getByRole('group', { name: 'Andra gruppen' });
  await second.getByLabel('Hur många stämmer det för?').fill('71');
  await second.getByLabel('Av hur många i gruppen?').fill('100');
  await axe();
  await press(page, 'Spara analysen');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('26,0 procentenheter mellan kvinnor och män, större än slumpen brukar ge');
  await expect(page.locator('#bedomning')).toContainText('Inte bedömd än');
  await axe();

  await page.getByRole('link', { name: 'Skriv en bedömning' }).click();
  await awake(page);
  await page.getByLabel('Är skillnaden motiverad?').selectOption({ label: 'Omotiverad' });
  await press(page, 'Spara');
  await expect(page.getByRole('alert')).toContainText('Skriv skälet till bedömningen');
  await page.getByLabel('Varför?').fill('Inget i ärendena förklarar den');
  await press(page, 'Spara');
  await expect(page.locator('#bedomning')).toContainText('Omotiverad');
  await expect(page.locator('#bedomning')).toContainText('Inget i ärendena förklarar den');

  await page.getByRole('link', { name: 'Ny åtgärd' }).click();
  await awake(page);
  await expect(page.getByLabel('Varför?')).toHaveValue(/Får kvinnor och män besked lika fort\?/);
  await page.getByLabel('Vad ska göras?').fill('Gemensam rutin för besked');
  await page.getByLabel('Ansvarig').selectOption({ label: 'Enhetschef' });
  await page.getByLabel('Klar senast').fill('2026-12-01');
  await press(page, 'Lägg till');
  await page.locator('main').getByRole('link', { name: 'Jämställdhetsanalys', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Gemensam rutin för besked' })).toBeVisible();
});

test('small counts are shown to who makes analyses, and others read why they are not', async ({ page, axe }) => {
  const question = 'Har kvinnor och män förändringsplan lika ofta?';
  await logIn(page, 'Handläggare');
  await page.goto('/siffror/jamstalldhet');
  const row = page.locator('.row', { hasText: question });
  await expect(row).toContainText('inte större än slumpen kan ge');
  await expect(row).not.toContainText('10,5');
  await row.getByRole('link', { name: question }).click();
  await expect(page.locator('td.suppressed').first()).toContainText('någon kan kännas igen');
  await expect(page.locator('main')).not.toContainText('77,8');
  await expect(page.getByRole('link', { name: 'Ändra' })).toHaveCount(0);
  await axe();
});
