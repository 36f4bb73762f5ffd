// The wheel: complete before any script, nothing overlaps, everything by keyboard, and the same content in the other views.
import { expect, test } from './fixture';
import { awake, logIn } from './steps';

test('the wheel is complete in the HTML of the server', async ({ page, request }) => {
  await logIn(page, 'Enhetschef');
  const cookies = await page.context().cookies();
  const html = await (
    await request.get('/arshjul', { headers: { cookie: cookies.map((c) => `${c.name}=${c.value}`).join('; ') } })
  ).text();
  expect(html).toContain('<svg');
  expect((html.match(/href="\/forekomster\//g) ?? []).length).toBeGreaterThan(40);
  expect(html).toContain('Tertialrapport 2');
});

for (const zoom of ['', '?zoom=t3', '?zoom=11']) {
  test(`no two marks of the wheel overlap (${zoom || 'whole year'})`, async ({ page }) => {
    await logIn(page, 'Enhetschef');
    await page.goto(`/arshjul${zoom}`);
    const boxes = await page
      .locator('.wheel a.mark')
      .evaluateAll((marks) =>
        marks.map((mark) => {
          // the shape as drawn, without the larger area that takes the finger
          const shape = (mark.querySelector('use, .shape') ?? mark) as SVGGraphicsElement;
          const { x, y, width, height } = shape.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2, r: Math.min(width, height) / 2, name: mark.getAttribute('aria-label') ?? '' };
        }),
      );
    expect(boxes.length).toBeGreaterThan(5);
    const overlapping: string[] = [];
    boxes.forEach((a, i) =>
      boxes.slice(i + 1).forEach((b) => {
        if (Math.hypot(a.x - b.x, a.y - b.y) < a.r + b.r - 0.5) overlapping.push(`${a.name} / ${b.name}`);
      }),
    );
    expect(overlapping).toEqual([]);
  });
}

test('what is late and what comes next stand beside the wheel without scrolling at 1366×768', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/arshjul');
  await expect(page.getByRole('heading', { name: 'Försenat' })).toBeInViewport();
  await expect(page.getByRole('heading', { name: 'November' })).toBeInViewport();
});

test('the filter is in the URL and leaves only what it names', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/arshjul?vy=lista');
  await page.getByRole('link', { name: 'Möten', exact: true }).click();
  await expect(page).toHaveURL(/kategori=mote/);
  const titles = await page.locator('.row-title').allTextContents();
  expect(titles.length).toBeGreaterThan(5);
  expect(titles.every((title) => title === 'APT')).toBe(true);
  await page.getByRole('link', { name: 'Rensa filter' }).click();
  await expect(page).not.toHaveURL(/kategori/);
});

test('arrow keys go between the marks and Enter opens one', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/arshjul');
  await awake(page);
  const marks = page.locator('.wheel a.mark');
  await marks.first().focus();
  const first = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await page.keyboard.press('ArrowRight');
  const second = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  expect(second).not.toBe(first);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/forekomster|avvikelser|zoom=/);
});

test('a new activity lies on the wheel, and every mark has a word for its status', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/aktiviteter/ny');
  await page.getByLabel('Vad', { exact: true }).fill('Brandövning');
  await page.getByLabel('Dag eller första dag').fill('2026-12-10');
  await page.getByRole('button', { name: 'Lägg på hjulet' }).click();
  await expect(page).toHaveURL(/arshjul/);
  const labels = await page.locator('.wheel a.mark').evaluateAll((marks) => marks.map((m) => m.getAttribute('aria-label') ?? ''));
  expect(labels.some((label) => label.includes('Brandövning') && /planerad/i.test(label))).toBe(true);
  for (const label of labels) expect(label).toMatch(/planerad|att göra nu|utförd|försenad|ej utförd/i);
});

test('a printed wheel is on the paper with all its marks, and the menu is not', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/arshjul');
  const marks = await page.locator('.wheel a.mark').count();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.sidebar')).toBeHidden();
  await expect(page.locator('.wheel')).toBeVisible();
  expect(await page.locator('.wheel a.mark:visible').count()).toBe(marks);
});

test('a controller sees the units side by side', async ({ page }) => {
  await logIn(page, 'Verksamhetscontroller');
  const table = page.getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table).toContainText('Enheten för arbete och försörjning');
  await expect(table).toContainText('Västra enheten för ekonomiskt bistånd');
});
