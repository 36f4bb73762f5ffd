// Konto: what somebody has chosen for the device they sit at.
import { expect, test } from './fixture';
import { logIn, press } from './steps';

test('a look that is chosen stays on the device, and automatic follows the device again', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await logIn(page, 'Enhetschef');
  await page.goto('/konto');
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  await press(page, 'Mörkt');
  await expect(page.locator('.toast')).toContainText('Utseendet är bytt');
  await expect(page.getByRole('button', { name: 'Mörkt' })).toHaveAttribute('aria-pressed', 'true');
  expect(await ink()).not.toBe(light);
  await page.goto('/arshjul');
  expect(await ink(), 'on every page').not.toBe(light);
  await page.goto('/konto');
  await press(page, 'Automatiskt');
  await expect(page.getByRole('button', { name: 'Automatiskt' })).toHaveAttribute('aria-pressed', 'true');
  expect(await ink()).toBe(light);
});
