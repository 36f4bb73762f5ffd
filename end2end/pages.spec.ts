// Every page, in every theme and at the narrowest width: no console error, nothing that axe finds, nothing that scrolls sideways.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { adminPages, awake, chefPages, elsewhere, logIn, openPages, routeOf, routes } from './steps';

// nothing is changed here: each test can be anybody's
test.describe.configure({ mode: 'parallel' });

// the theme of the device, and the one of high contrast, which is light or dark as the device is: both are looked at, page by page
const themes = [{ name: "device's theme" }, { name: 'theme of high contrast', cookie: 'kontrast' }];

for (const { name, cookie } of themes) {
  test.describe(`in the ${name}, light and dark`, () => {
    test.beforeEach(async ({ context, page, server }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      if (cookie) await context.addCookies([{ name: 'kvalitet_tema', value: cookie, url: server }]);
    });

    async function look(page: Page, axe: (...schemes: ('light' | 'dark')[]) => Promise<void>) {
      if (cookie) await expect(page.locator('html')).toHaveAttribute('data-theme', cookie);
      await axe('light', 'dark');
    }

    test('every page of a chef passes axe', async ({ page, axe }) => {
      // some hundred pages, each looked at in both themes
      test.setTimeout(600_000);
      await logIn(page, 'Enhetschef');
      for (const path of await chefPages(page)) {
        await page.goto(path);
        await awake(page);
        await expect(page, path).toHaveTitle(/Kvalitetshjulet/);
        await look(page, axe);
      }
    });

    test("the administrator's pages and the login page pass axe", async ({ page, axe }) => {
      test.setTimeout(120_000);
      for (const path of openPages) {
        await page.goto(path);
        await look(page, axe);
      }
      await logIn(page, 'Administratör');
      for (const path of ['/', ...adminPages]) {
        await page.goto(path);
        await look(page, axe);
      }
      await page.goto('/admin/personer');
      await page.getByRole('link', { name: 'Metodutvecklare' }).first().click();
      await look(page, axe);
    });
  });
}

test('every route of the program is a page that is looked at', async ({ page }) => {
  const all = routes();
  expect(all.length).toBeGreaterThan(60);
  await logIn(page, 'Enhetschef');
  const paths = [...openPages, ...adminPages, ...(await chefPages(page))].map((path) => path.split('?')[0]);
  const seen = new Set(paths.map(routeOf));
  expect(all.filter((route) => !seen.has(route) && !(route in elsewhere)), 'in steps.ts, or named in elsewhere').toEqual([]);
  expect(Object.keys(elsewhere).filter((route) => !all.includes(route))).toEqual([]);
  for (const [route, file] of Object.entries(elsewhere)) {
    const fixed = route.split('/:')[0];
    expect(readFileSync(file, 'utf8'), `${file} goes to ${route}`).toContain(fixed);
  }
});

test('no page scrolls sideways on a phone 360 pixels wide', async ({ page }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 360, height: 740 });
  await logIn(page, 'Enhetschef');
  for (const path of await chefPages(page)) {
    await page.goto(path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(360);
  }
});

test('no button lies over another on a phone', async ({ page }) => {
  test.setTimeout(240_000);
  await logIn(page, 'Enhetschef');
  for (const path of await chefPages(page)) {
    await page.goto(path);
    for (const width of [320, 360, 390, 430]) {
      await page.setViewportSize({ width, height: 844 });
      const covered = await page.evaluate(() => {
        // what stays in view while the page scrolls is meant to lie over it
        const stays = (e: Element | null): boolean =>
          e !== null && (/sticky|fixed/.test(getComputedStyle(e).position) || stays(e.parentElement));
        const shown = [...document.querySelectorAll<HTMLElement>('main :is(button, summary, .button, input, select, textarea)')]
          .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !stays(e))
          .map((e) => ({ e, box: e.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 1 && box.height > 1);
        const over = (a: DOMRect, b: DOMRect) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
        return shown.flatMap((a, n) =>
          shown
            .slice(n + 1)
            .filter((b) => over(a.box, b.box) && !a.e.contains(b.e) && !b.e.contains(a.e))
            .map((b) => `${a.e.textContent || a.e.outerHTML} / ${b.e.textContent || b.e.outerHTML}`),
        );
      });
      expect(covered, `${path} at ${width}`).toEqual([]);
    }
  }
});

test('nothing moves when the WASM wakes', async ({ page }) => {
  await logIn(page, 'Enhetschef');
  for (const path of ['/', '/arshjul', '/egenkontroll']) {
    await page.goto(path);
    await awake(page);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) sum += entry.value;
          }).observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
        }),
    );
    expect(shift, path).toBeLessThan(0.01);
  }
});

test('a handläggare sees no buttons for what only others may do, and is told so at the address', async ({ page }) => {
  await logIn(page, 'Handläggare');
  await page.goto('/egenkontroll');
  await expect(page.getByRole('link', { name: 'Ny kontroll' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Administration' })).toHaveCount(0);
});

// their status is an error in the console, and here what is asked for: so not the page of the fixture
test('what does not exist and what is not permitted say so on a page with the menu', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server });
  const page = await context.newPage();
  await logIn(page, 'Handläggare');
  for (const [path, status, words] of [
    ['/finns-inte', 404, 'Sidan finns inte'],
    ['/egenkontroll/inget-id', 404, 'Sidan finns inte'],
    ['/forekomster/00000000-0000-0000-0000-000000000000', 404, 'Sidan finns inte'],
    ['/egenkontroll/ny', 403, 'Du har inte behörighet'],
    ['/internkontroll/ny', 403, 'Du har inte behörighet'],
    ['/admin', 403, 'Du har inte behörighet'],
    ['/arshjul?enhet=00000000-0000-0000-0000-000000000000', 403, 'Du har inte behörighet'],
  ] as const) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(status);
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText(words);
    await expect(page.getByRole('navigation', { name: 'Huvudmeny' }), path).toBeVisible();
  }
  await context.close();
});
