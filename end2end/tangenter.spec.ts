// Keys: who works without the mouse finds them under "?", and who has switched them off is left alone. A mark is moved to another
// month with the mouse or by a key, with the reason that is asked for anywhere else, and back again.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { awake, logIn } from './steps';

const focused = (page: Page) => page.locator(':focus');

/** The first mark of the grid that can be moved, with nothing else of its row in the month after it. */
async function movable(page: Page) {
  const of = await page.evaluate(() => {
    const free = [...document.querySelectorAll<HTMLElement>('.month-grid .cell[data-flytt]')].find((cell) => {
      const month = Number(cell.dataset.flytt!.split(' ')[2]);
      const months = cell.closest('tr')!.querySelectorAll('td:not(.who)');
      return !months[(month === 12 ? 11 : month + 1) - 1].querySelector('.cell');
    });
    return free?.dataset.flytt ?? '';
  });
  const [id, , month] = of.split(' ');
  return { id, month: Number(month), cell: page.locator(`.month-grid .cell[data-flytt^="${id}"]`) };
}

test('a metodutvecklare works without the mouse: goes, steps, ticks off, writes and saves', async ({ page, axe }) => {
  await logIn(page, 'Metodutvecklare');
  await page.goto('/arshjul');
  await awake(page);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/\/$/);
  await awake(page);
  await page.goto('/?visa=enheten');
  await awake(page);
  const rows = page.locator('main .row:not(details:not([open]) .row)');
  await page.keyboard.press('j');
  await expect(rows.nth(0).locator('.row-title').first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.nth(1).locator('.row-title').first()).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows.nth(0).locator('.row-title').first()).toBeFocused();

  // the first row is late: X marks its boxes, and again takes the marks off
  const boxes = rows.nth(0).locator('input[type=checkbox]');
  await page.keyboard.press('x');
  for (const box of await boxes.all()) await expect(box).toBeChecked();
  await page.keyboard.press('x');
  for (const box of await boxes.all()) await expect(box).not.toBeChecked();

  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/visa=enheten/);

  await page.goto('/atgarder/ny');
  await awake(page);
  await page.getByLabel('Vad ska göras?').focus();
  await page.keyboard.type('jag ger exempel?');
  await expect(page, 'letters are text there').toHaveURL(/\/atgarder\/ny/);
  await expect(focused(page)).toHaveValue('jag ger exempel?');
  await page.keyboard.press('Control+Enter');
  // nobody was chosen: it came to the server and back
  await expect(page.getByRole('alert').first()).toBeVisible();
  await axe();
});

test('X on a row without a box does what its first button does, once', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await awake(page);
  const row = page.locator('.row[id^="rad-"]:has(> .row-actions > form:first-child > button)').filter({ hasNot: page.locator('input[type=checkbox]') }).first();
  const id = (await row.getAttribute('id')) ?? '';
  await row.locator('.row-title').focus();
  await page.keyboard.press('x');
  await expect(page.getByRole('status').filter({ hasText: 'är utförd' })).toBeVisible();
  await expect(page.locator(`[id="${id}"]`)).toHaveCount(0);
  await awake(page);
  await page.keyboard.press('Control+z');
  await expect(page.locator(`[id="${id}"]`)).toBeVisible();
});

test('? lists the keys of the page and puts them away, and where letters are switched off nothing does anything', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/arshjul');
  await awake(page);
  const help = page.locator('#hjalp-text');
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  for (const word of ['går till Att göra', 'går till Årshjul', 'nästa rad', 'markerar raden', 'sparar formuläret', 'flyttar till månaden efter']) {
    await expect(help).toContainText(word);
  }
  await expect(page.locator('#hjalp > summary')).toBeFocused();
  await axe('light', 'dark');
  await page.keyboard.press('?');
  await expect(help).toBeHidden();

  await page.goto('/konto');
  await page.getByRole('group', { name: 'Kortkommandon' }).getByRole('button', { name: 'Av', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Kortkommandon är avstängda' })).toBeVisible();
  await page.goto('/');
  await awake(page);
  for (const key of ['?', 'j', 'x', 'g', 'h']) await page.keyboard.press(key);
  await expect(page).toHaveURL(/\/$/);
  await expect(help).toBeHidden();
  await expect(page.locator('.row-title:focus')).toHaveCount(0);
  await page.locator('#hjalp > summary').click();
  await expect(help).toContainText('är avstängda');
  await expect(help).not.toContainText('nästa rad');
  await expect(help, 'what is held down with Ctrl is no letter').toContainText('Ctrl+Enter');
});

test('a mark is drawn to another month in the grid, with a reason, and Ångra puts it back', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/egenkontroll');
  await awake(page);
  const { id, month, cell } = await movable(page);
  const to = month === 12 ? 11 : month + 1;
  const row = cell.locator('xpath=ancestor::tr');
  const from = (await cell.boundingBox())!;
  const target = (await row.locator('td:not(.who)').nth(to - 1).boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 5 });
  await expect(page.locator('.move-word')).toContainText('Till ');
  await page.mouse.up();
  const form = page.getByRole('dialog', { name: /^Flytta / });
  await expect(form).toBeVisible();
  await expect(form.getByLabel('Till månad')).toHaveValue(String(to));
  await axe();
  await page.keyboard.type('Semester');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'är flyttad till' })).toBeVisible();
  await expect(cell).toHaveAttribute('data-flytt', new RegExp(` ${to}$`));
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'är åter planerad till' })).toBeVisible();
  await expect(cell).toHaveAttribute('data-flytt', new RegExp(` ${month}$`));
});

test('by a key a mark is moved in grid and wheel, and Escape leaves it where it is', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/egenkontroll');
  await awake(page);
  const { month, cell } = await movable(page);
  const key = month === 12 ? 'Shift+ArrowLeft' : 'Shift+ArrowRight';
  const to = month === 12 ? 11 : month + 1;
  await cell.focus();
  await page.keyboard.press(key);
  const form = page.locator('#flytta');
  await expect(form).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(form).toBeHidden();
  await expect(cell).toBeFocused();
  await page.keyboard.press(key);
  await page.keyboard.type('Ledigt');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'är flyttad till' })).toBeVisible();
  await expect(cell).toHaveAttribute('data-flytt', new RegExp(` ${to}$`));
  await awake(page);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('status').filter({ hasText: 'är åter planerad till' })).toBeVisible();
});

test('a mark is drawn round the wheel', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 1100 });
  await logIn(page, 'Enhetschef');
  await page.goto('/arshjul?kategori=egenkontroll&zoom=t3');
  await awake(page);
  const mark = page.locator('.wheel .mark[data-flytt]').first();
  const [id, , month] = ((await mark.getAttribute('data-flytt')) ?? '').split(' ');
  const to = month === '12' ? 11 : 12;
  const wheel = (await page.locator('svg.wheel').boundingBox())!;
  const box = (await mark.locator('.mark-hit').boundingBox())!;
  // the middle of the month: September begins at twelve o'clock, and each is a quarter
  const angle = ((to - 9 + 0.5) / 4) * 2 * Math.PI;
  const middle = { x: wheel.x + wheel.width / 2, y: wheel.y + wheel.height / 2 };
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(middle.x + Math.sin(angle) * wheel.width * 0.3, middle.y - Math.cos(angle) * wheel.width * 0.3, { steps: 5 });
  await page.mouse.up();
  await expect(page.getByLabel('Till månad')).toHaveValue(String(to));
  await page.keyboard.type('Semester');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').filter({ hasText: 'är flyttad till' })).toBeVisible();
  await page.getByRole('button', { name: 'Ångra' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'är åter planerad till' })).toBeVisible();
  await page.goto(`/forekomster/${id}`);
  await expect(page.getByText('Flytten ångrad').first()).toBeVisible();
});

test('who may not move a control has nothing to draw, and what stands for several is moved on its own page', async ({ page }) => {
  await logIn(page, 'Lex Sarah-utredare');
  for (const path of ['/internkontroll', '/arshjul', '/arshjul?vy=manader']) {
    await page.goto(path);
    await expect(page.locator('[data-flytt], #flytta')).toHaveCount(0);
  }
  await page.context().clearCookies();
  await logIn(page, 'Enhetschef');
  await page.goto('/internkontroll');
  // one of a row is moved to the month of another
  const { id, month } = await page.evaluate(() => {
    const rows = [...document.querySelectorAll('.month-grid tbody tr')];
    const two = rows.map((row) => [...row.querySelectorAll<HTMLElement>('.cell[data-flytt]')]).find((cells) => cells.length > 1)!;
    return { id: two[0].dataset.flytt!.split(' ')[0], month: Number(two[1].dataset.flytt!.split(' ')[2]) };
  });
  await page.goto(`/forekomster/${id}`);
  await page.locator('summary', { hasText: 'Flytta' }).click();
  await page.getByLabel('Till månad').selectOption(String(month));
  await page.getByLabel('Varför flyttas den?').fill('Semester');
  await page.getByRole('button', { name: 'Flytta', exact: true }).click();
  await expect(page.locator('.toast')).toContainText('är flyttad till');
  await page.goto('/internkontroll');
  const several = page.locator('.cell:has(.n)');
  await expect(several.first()).toBeVisible();
  for (const cell of await several.all()) await expect(cell).not.toHaveAttribute('data-flytt');
});
