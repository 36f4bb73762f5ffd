import { chromium } from '@playwright/test';
const [,, base, role, ...specs] = process.argv;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
for (const spec of specs) {
  const [name, path, w, h, theme, full] = spec.split('|');
  const context = await browser.newContext({ baseURL: base, viewport: { width: +w, height: +h }, colorScheme: theme || 'light', locale: 'sv-SE' });
  const page = await context.newPage();
  page.on('console', (m) => { if (m.type() === 'error') console.log(name, m.text()); });
  await page.goto('/logga-in');
  await page.getByRole('button', { name: role, exact: true }).click();
  await page.waitForURL((u) => !u.pathname.includes('logga-in'));
  let to = path;
  const m = path.match(/^\{(.*?)\}(.*)$/);
  if (m) {
    await page.goto('/avvikelser?q=' + encodeURIComponent(m[1]));
    const href = await page.locator('.table th a').first().getAttribute('href');
    to = href + m[2];
  }
  const r = await page.goto(to);
  if (r.status() !== 200) console.log(name, r.status());
  await page.waitForTimeout(500);
  await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: full === 'full' });
  await context.close();
}
await browser.close();
