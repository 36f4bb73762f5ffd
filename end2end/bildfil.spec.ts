// Pictures of one's own: on a slide of a meeting, and a logo at the bottom of all slides.
import { deflateSync, crc32 } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixture';
import { logIn } from './steps';

/** A picture of two colours, as large as it says. */
function png(width: number, height: number): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const row = (y: number) => Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, (_, x) => Buffer.from(x * 3 > width && y * 2 > height ? [214, 96, 60] : [236, 220, 190]))]);
  const points = deflateSync(Buffer.concat(Array.from({ length: height }, (_, y) => row(y))));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', points), chunk('IEND', Buffer.alloc(0))]);
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });

/** The next meeting, where it is prepared, with a new slide for a text under its last point. */
async function slide(page: Page) {
  await page.goto('/apt');
  const path = (await page.getByRole('link', { name: 'APT 9 december' }).getAttribute('href')) ?? '';
  await page.goto(path);
  const point = page.locator('.agenda-point').last();
  await point.locator('summary', { hasText: 'Ändra punkten' }).click();
  await point.getByLabel('Ny bild').selectOption({ label: 'Text, bild och fråga' });
  await point.getByRole('button', { name: 'Lägg till bilden' }).click();
  return { path, row: page.locator('.agenda-point').last().locator('.agenda-slides > li').last() };
}

test('a picture is put on a slide with words for who does not see it, replaced, and taken away', async ({ page, axe }) => {
  await logIn(page, 'Enhetschef');
  const { path, row } = await slide(page);
  await row.locator('summary', { hasText: 'Ändra' }).click();
  await expect(row.getByText('Inga bilder på eller om brukare.')).toBeVisible();
  await row.getByLabel('Bildfil', { exact: true }).setInputFiles(file('plan.png', png(480, 320)));
  await row.getByRole('button', { name: 'Lägg till bildfilen' }).click();
  await expect(page.locator('.field-error')).toHaveText('Beskriv bilden, så att den som inte ser den vet vad den visar.');
  await axe('light', 'dark');

  // by keyboard from the file to the button
  await row.getByLabel('Bildfil', { exact: true }).setInputFiles(file('plan.png', png(480, 320)));
  await row.getByLabel('Bildfil', { exact: true }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Plan över de nya lokalerna');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Vi flyttar in i mars');
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('Bildfilen är sparad');

  for (const [width, height] of [[1920, 1080], [1366, 768], [1440, 1080]] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`${path}/visa`);
    await expect(page.locator('.deck[data-awake]')).toBeVisible();
    await page.keyboard.press('End');
    const picture = page.getByRole('img', { name: 'Plan över de nya lokalerna' });
    await expect(picture).toBeVisible();
    expect(await picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(480);
    const part = await page.locator('.slide.is-current .slide-picture').evaluate((box) => {
      const body = (box.closest('.slide-body') as HTMLElement).getBoundingClientRect();
      const at = box.getBoundingClientRect();
      return [at.width / body.width, at.height / body.height];
    });
    expect(Math.min(...part), 'alone it has the slide').toBeGreaterThan(0.95);
    await expect(page.locator('.slide.is-current figcaption')).toHaveText('Vi flyttar in i mars');
  }
  await axe('dark');

  // beside a text it stands to the right
  await page.goto(path);
  await row.locator('summary', { hasText: 'Ändra' }).click();
  await row.locator('textarea').first().fill('# Nya lokaler\n\n- Två samtalsrum till\n- Entré mot torget');
  await row.getByRole('button', { name: 'Spara bilden' }).click();
  await expect(page.locator('.toast')).toContainText('Bilden är sparad');
  await page.goto(`${path}/visa`);
  await expect(page.locator('.deck[data-awake]')).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.locator('.slide.is-current h2')).toHaveText('Nya lokaler');
  const [text, picture] = await page.locator('.slide.is-current').evaluate((s) =>
    ['.slide-text', '.slide-picture'].map((of) => (s.querySelector(of) as HTMLElement).getBoundingClientRect().left),
  );
  expect(picture).toBeGreaterThan(text);

  // on a phone, where it is prepared
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(path);
  await row.locator('summary', { hasText: 'Ändra' }).click();
  await expect(row.locator('.picture-now img')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await row.getByRole('button', { name: 'Ta bort bildfilen' }).click();
  await expect(page.locator('.toast')).toContainText('Bildfilen är borttagen');
  await expect(page.locator('.picture-now')).toHaveCount(0);
});

test('a logo that is given to the organisation stands on the slides of its units and over their minutes', async ({ page, axe }) => {
  await logIn(page, 'Administratör');
  await page.goto('/admin');
  await page.locator('.tree > li > a').first().click();
  await page.getByLabel('Välj en logga').setInputFiles(file('logga.png', png(240, 80)));
  await page.getByRole('button', { name: 'Spara loggan' }).click();
  await expect(page.locator('.logo-now img')).toBeVisible();
  await axe('light', 'dark');
  await page.context().clearCookies();
  await logIn(page, 'Enhetschef');
  await page.goto('/apt');
  const path = (await page.getByRole('link', { name: 'APT 9 december' }).getAttribute('href')) ?? '';
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`${path}/visa`);
  await expect(page.locator('.deck[data-awake]')).toBeVisible();
  const logo = page.locator('.slide.is-current .slide-logo img');
  await expect(logo).toHaveAttribute('alt', /^Logga för /);
  expect(await logo.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(240);
  const [inside, foot] = await page.locator('.slide.is-current').evaluate((s) =>
    ['.slide-logo', '.slide-face'].map((of) => (s.querySelector(of) as HTMLElement).getBoundingClientRect().bottom),
  );
  expect(inside).toBeLessThan(foot);

  // and over the heading of the minutes, which show the charts of the slides
  for (const [width, height] of [[1366, 768], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await page.goto(`${path}/protokoll`);
    const head = page.locator('.document-logo img');
    await expect(head).toHaveAttribute('alt', /^Logga för /);
    expect(await head.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBe(240);
    await expect(page.getByRole('img', { name: /^Årshjul 2026: / })).toBeVisible();
    await expect(page.locator('.document-figure a')).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await axe('light', 'dark');
});
