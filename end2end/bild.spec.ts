// Slides: each is filled, and read from the back of the room, whatever there is to show; and is seen while it is prepared.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { logIn } from './steps';

/** How much of the height between heading and foot what is shown takes at least. */
const FILLED = 0.6;

async function meetings(page: Page): Promise<string[]> {
  await page.goto('/apt');
  const links = await page.locator('a[href^="/apt/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
  return [...new Set(links.filter((href) => /^\/apt\/[0-9a-f-]{36}$/.test(href)))];
}

async function present(page: Page, path: string) {
  await page.goto(`${path}/visa`);
  await expect(page.locator('.deck[data-awake]')).toBeVisible();
}

/** What is wrong with the slide that is shown. */
function faults(page: Page): Promise<string[]> {
  return page.locator('.slide.is-current').evaluate(
    (slide, { least, filled }) => {
      const out: string[] = [];
      const name = slide.getAttribute('aria-label');
      const texts = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode.textContent?.trim();
        const element = texts.currentNode.parentElement as Element;
        if (!text || element.closest('title, style') || !element.checkVisibility()) continue;
        const svg = element.closest('svg');
        const matrix = svg ? (element as SVGGraphicsElement).getScreenCTM() : null;
        const scale = matrix ? Math.hypot(matrix.a, matrix.b) : 1;
        const size = parseFloat(getComputedStyle(element).fontSize) * scale;
        if (size < least) out.push(`${name}: "${text}" is ${size.toFixed(1)} px`);
      }
      const face = slide.querySelector('.slide-face') as HTMLElement;
      const foot = (slide.querySelector('.slide-foot') as HTMLElement).getBoundingClientRect();
      const head = (slide.querySelector('.slide-head') as HTMLElement).getBoundingClientRect();
      let [top, bottom] = [Infinity, -Infinity];
      const boxes = '.slide-box, .slide-figure, .slide-table, .slide-enkat, .slide-wheel, .slide-why';
      for (const box of slide.querySelectorAll(boxes)) {
        const at = box.getBoundingClientRect();
        top = Math.min(top, at.top);
        bottom = Math.max(bottom, at.bottom);
      }
      const part = (Math.min(bottom, foot.top) - Math.max(top, head.bottom)) / (foot.top - head.bottom);
      if (part < filled) out.push(`${name}: only ${Math.round(part * 100)} % is filled`);
      for (const element of slide.querySelectorAll('.slide-face, .slide-body, .slide-main, .slide-parts, .slide-side, .slide-box')) {
        const { display } = getComputedStyle(element);
        if (display === 'contents' || display === 'none') continue;
        const [x, y] = [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight];
        if (x > 2 || y > 2) out.push(`${name}: .${element.className} is cut by ${x} × ${y} px`);
      }
      const outer = face.getBoundingClientRect();
      for (const box of slide.querySelectorAll(boxes)) {
        const at = box.getBoundingClientRect();
        if (at.right > outer.right + 1 || at.bottom > outer.bottom + 1) out.push(`${name}: .${box.className} is outside`);
      }
      return out;
    },
    { least: (31.9 * (page.viewportSize()?.height ?? 0)) / 1080, filled: FILLED },
  );
}

async function allSlides(page: Page): Promise<string[]> {
  const found: string[] = [];
  const count = await page.locator('.deck-slides > .slide').count();
  await page.keyboard.press('Home');
  for (let n = 0; n < count; n++) {
    found.push(...(await faults(page)));
    await page.keyboard.press('ArrowRight');
  }
  return found;
}

for (const [width, height] of [[1920, 1080], [1366, 768], [1440, 1080]] as const) {
  test(`no slide of the demo is half empty, cut or too small on ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await logIn(page, 'Enhetschef');
    const all = await meetings(page);
    expect(all.length).toBeGreaterThan(1);
    for (const path of all) {
      await present(page, path);
      expect(await allSlides(page), path).toEqual([]);
    }
  });
}

test('with no decision, one and five the slide of the last meeting is filled and says what there is', async ({ page }) => {
  test.setTimeout(90_000);
  await logIn(page, 'Enhetschef');
  const said = [
    [0, '2026-11-18', /^Inget beslut och ingen åtgärd sedan förra APT$/],
    [1, '2026-11-19', /^Ett beslut sedan förra APT, ingen åtgärd återstår$/],
    [5, '2026-11-20', /^Fem beslut sedan förra APT, ingen åtgärd återstår$/],
  ] as const;
  for (const [decisions, day, heading] of said) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto('/apt/ny');
    await page.getByLabel('Dag', { exact: true }).fill(day);
    await page.getByRole('button', { name: 'Förbered' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^APT /);
    const path = new URL(page.url()).pathname;
    for (let n = 0; n < decisions; n++) {
      await page.goto(path);
      const point = page.locator('.agenda-point').nth(1);
      await point.locator('summary', { hasText: 'Anteckna och besluta' }).click();
      await point.getByLabel('Nytt beslut').fill(`Förändringsplaner följs upp varje månad med varje handläggare, del ${n + 1}`);
      await point.getByRole('button', { name: 'Anteckna beslutet' }).click();
      await expect(page.locator('.decisions').first()).toContainText(`del ${n + 1}`);
    }
    await page.goto('/apt');
    const next = (await page.getByRole('link', { name: 'APT 9 december' }).getAttribute('href')) ?? '';
    for (const [width, height] of [[1920, 1080], [1366, 768]] as const) {
      await page.setViewportSize({ width, height });
      await present(page, next);
      await page.keyboard.press('Home');
      await expect(page.locator('.slide.is-current h2')).toHaveText(heading);
      expect(await allSlides(page)).toEqual([]);
    }
    const cards = await page.locator('.slide-card-n').evaluateAll((all) => all.map((n) => n.textContent));
    expect(cards.slice(0, decisions), 'every decision has its number').toEqual([...Array(decisions).keys()].map((n) => `${n + 1}`));
  }
});

test('a heading that is typed is larger than its list, and a long text goes on on the next slide', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/apt');
  const path = (await page.getByRole('link', { name: 'APT 9 december' }).getAttribute('href')) ?? '';
  await page.goto(path);
  const row = page.locator('.agenda-slides > li', { hasText: 'Text, bild och fråga' });
  await row.locator('summary', { hasText: 'Ändra' }).click();
  const lines = Array.from({ length: 16 }, (_, n) => `- Vad frågar vi alla om i intervju nummer ${n + 1}, och varför?`);
  await row.locator('textarea').first().fill(`## Annonsen\n\n${lines.join('\n')}`);
  await row.getByRole('button', { name: 'Spara bilden' }).click();
  await expect(page.locator('.toast')).toContainText('Bilden är sparad');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await present(page, path);
  const slides = page.locator('.slide', { has: page.locator('.slide-text') });
  expect(await slides.count()).toBeGreaterThan(1);
  await expect(slides.locator('.slide-text li')).toHaveCount(16);
  const [heading, item] = await slides.first().evaluate((slide) =>
    ['.slide-text h2', '.slide-text li'].map((of) => parseFloat(getComputedStyle(slide.querySelector(of) as Element).fontSize)),
  );
  expect(heading).toBeGreaterThan(item);
  expect(await allSlides(page)).toEqual([]);
});

test('whoever prepares sees the slides as they will be shown, and goes on to one by its heading', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  await page.goto('/apt');
  const path = (await page.getByRole('link', { name: 'APT 9 december' }).getAttribute('href')) ?? '';
  await page.goto(path);
  await expect(page.locator('.slide-preview')).toHaveCount(0);
  await page.getByRole('link', { name: 'Förhandsvisa bilderna' }).click();
  const previews = page.locator('.slide-preview');
  await expect(previews.first()).toBeVisible();
  expect(await previews.count()).toBeGreaterThan(8);
  const focusable = await previews.evaluateAll((all) => all.filter((p) => !(p as HTMLElement).inert).length);
  expect(focusable).toBe(0);
  await axe('light', 'dark');
  const link = page.locator('.slide-previews').getByRole('link').nth(2);
  const name = (await link.textContent()) ?? '';
  expect(name).toMatch(/^3\. /);
  await link.click();
  await expect(page.locator('.deck[data-awake]')).toBeVisible();
  await expect(page.locator('.slide.is-current h2')).toHaveText(name.replace('3. ', ''));
});
