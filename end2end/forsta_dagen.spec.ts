// The first day of a chef and of a handläggare, each on a phone, from the login to the last tick, without one wrong turn: only what
// is on the screen is pressed, in the order in which they would; every step is kept as a picture.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn } from './steps';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Somebody with a phone: logs in, taps what is there, and looks. */
async function day(page: Page, role: string) {
  await logIn(page, role);
  let step = 0;
  /** Nothing is off the screen to the side, and what the step was about is on it. */
  const look = async (name: string, seen: Locator) => {
    await expect(seen, name).toBeInViewport({ ratio: 1 });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wider, `${name}: wider than the phone`).toBeLessThanOrEqual(0);
    step += 1;
    await page.screenshot({ path: test.info().outputPath(`${String(step).padStart(2, '0')}-${name}.png`) });
  };
  /** Taps something that leads to, or sends and is answered by, another page. */
  const tap = async (target: Locator) => {
    await target.waitFor();
    await page.waitForLoadState('load');
    const answered = page.waitForEvent('load');
    await target.tap();
    await answered;
    await awake(page);
  };
  const menu = async (name: string) => {
    await page.locator('summary', { hasText: /^Meny$/ }).tap();
    // some say how many there are
    await tap(page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) }).first());
  };
  return { look, tap, menu, toast: page.locator('.toast') };
}

test('a chef reads in her plan in November, ticks, takes back, clears what is late and opens what came in', async ({ page, axe }) => {
  test.setTimeout(120_000);
  const { look, tap, menu, toast } = await day(page, 'Enhetschef');
  await look('att-gora', page.getByRole('heading', { level: 1, name: 'Att göra' }));

  await menu('Egenkontroll');
  await tap(page.getByRole('link', { name: 'Läs in', exact: true }));
  await page.locator('input[type=file]').setInputFiles({
    name: 'egenkontrollplan 2026.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Kontrollmål;Hur ofta;Utförs av\nBeslut i tid;varje månad;Enhetschef\nBarnets röst;varje månad;Enhetschef\n'),
  });
  await tap(page.getByRole('button', { name: 'Förhandsgranska' }).first());
  await look('forhandsgranskning', page.getByRole('heading', { name: '2 nya rader, 0 finns redan, 0 behöver rättas' }));
  await expect(page.getByLabel('I dag, 23 november: inget blir försenat')).toBeChecked();
  await tap(page.getByRole('button', { name: 'Läs in 2 rader' }));
  await look('inlast', toast);
  await expect(toast).toContainText('2 rader är inlästa');
  await axe();

  await menu('Att göra');
  const late = page.locator('section[aria-labelledby=forsenat]');
  await expect(late.getByText('Beslut i tid'), 'a plan that is read in late in the year is no wall of red').toHaveCount(0);
  const mine = page.locator('.row', { hasText: 'Beslut i tid' }).filter({ hasText: 'november' });
  await tap(mine.getByRole('button', { name: /^Utförd: Beslut i tid, november/ }));
  await expect(toast).toContainText('Beslut i tid, november är utförd');
  await look('utford', toast.getByRole('button', { name: 'Ångra' }));
  expect(await page.evaluate(() => document.activeElement?.tagName), 'the focus is where the next row is').not.toBe('BODY');
  await axe();
  await tap(toast.getByRole('button', { name: 'Ångra' }));
  await expect(mine.getByRole('button', { name: /^Utförd: Beslut i tid, november/ })).toBeVisible();

  // what is late of the unit, in one go
  await tap(page.getByRole('link', { name: 'Hela enheten' }));
  const mark = page.locator('.late-bar').first();
  await tap(mark.getByRole('link', { name: /^Markera alla/ }));
  await look('markerade', mark.getByText(/^\d+ är markerade?$/));
  await tap(mark.getByRole('button', { name: 'Markera som utförda' }));
  await look('klart', toast);
  await expect(toast).toContainText('utförd');

  // the report that came in
  const judge = page.getByRole('link', { name: /^Öppna: Bedöm / }).first();
  await tap(judge);
  await look('rapporten', page.getByRole('heading', { level: 1 }));
  await expect(page.getByRole('heading', { name: /^Det som / })).toBeVisible();
  await expect(page.getByText('Vad är händelsen?').first(), 'and it can be judged where it is read').toBeVisible();
});

test('a handläggare enters an answer, reports what went wrong and finds it again', async ({ page, axe }) => {
  test.setTimeout(120_000);
  const { look, tap, menu } = await day(page, 'Handläggare');
  await look('att-gora', page.getByRole('link', { name: 'Rapportera avvikelse' }));

  await menu('Brukarenkäter');
  const open = page.locator('section', { has: page.getByRole('heading', { name: 'Öppna' }) });
  await tap(open.getByRole('link', { name: /^Svara/ }).first());
  const choices = page.locator('.entry-form .choices');
  for (const [n, option] of ['Bra', 'Ja', 'Delvis', 'Kvinna'].entries()) await choices.nth(n).getByRole('radio', { name: option }).tap();
  await page.getByRole('button', { name: 'Spara svar' }).tap();
  await look('svaret', page.locator('.entry-said').getByText('Sparat. Redo för nästa.'));
  await axe();

  await menu('Att göra');
  await tap(page.getByRole('link', { name: 'Rapportera avvikelse' }));
  await page.getByLabel('Vad hände?').fill('Ett brev låg kvar i skrivaren över natten');
  await page.getByLabel(/^Vad blev det för konsekvens/).fill('Ingen obehörig har sett det');
  await look('rapport', page.getByRole('button', { name: 'Skicka rapporten' }));
  await tap(page.getByRole('button', { name: 'Skicka rapporten' }));
  await look('skickad', page.getByText('Din rapport har kommit fram.'));
  await axe();

  await menu('Avvikelser');
  await look('mina', page.locator('.row-title', { hasText: 'Ett brev låg kvar i skrivaren' }).first());
});
