// The menu: what a role does daily stands there, the rest is folded, and stays as the person left it on the device.
import { expect, test } from './fixture';
import { awake, logIn } from './steps';

const phone = { width: 390, height: 844 };

test('a handläggare has what is daily in view and opens the rest, which stays open', async ({ page, axe }) => {
  await logIn(page, 'Handläggare');
  const menu = page.getByRole('navigation', { name: 'Huvudmeny' });
  await expect(menu.getByRole('link')).toHaveText([/^Att göra/, 'Årshjul', 'Avvikelser', 'Brukarenkäter', 'APT', 'Förslag']);
  await awake(page);
  await axe();

  await menu.getByText('Läsa och följa').click();
  await expect(menu.getByRole('link', { name: 'Åtgärder' })).toBeVisible();
  await menu.getByText('Tillsammans').click();
  await expect(menu.getByRole('link', { name: 'APT' })).toBeHidden();
  await axe();

  await menu.getByRole('link', { name: 'Årshjul' }).click();
  await expect(page).toHaveURL(/arshjul/);
  await expect(menu.getByRole('link', { name: 'Åtgärder' })).toBeVisible();
  await expect(menu.getByRole('link', { name: 'APT' })).toBeHidden();
});

test('the group of the page in view is open, and does not stay so', async ({ page }) => {
  await logIn(page, 'Handläggare');
  const menu = page.getByRole('navigation', { name: 'Huvudmeny' });
  await page.goto('/egenkontroll');
  await expect(menu.getByRole('link', { name: 'Egenkontroll' })).toHaveAttribute('aria-current', 'page');
  await awake(page);
  await page.goto('/apt');
  await expect(menu.getByRole('link', { name: 'APT' })).toBeVisible();
  await expect(menu.getByRole('link', { name: 'Egenkontroll' })).toBeHidden();
});

test("on a phone the menu has the same groups, and a chef's are all open", async ({ page, axe }) => {
  await page.setViewportSize(phone);
  await logIn(page, 'Enhetschef');
  const menu = page.getByRole('navigation', { name: 'Huvudmeny' });
  await expect(menu).toBeHidden();
  await page.getByText('Meny', { exact: true }).click();
  await expect(menu.getByRole('link')).toHaveText([
    /^Att göra/,
    'Årshjul',
    'Verksamhetsplan',
    'Egenkontroll',
    'Internkontroll',
    'Avvikelser',
    'Brukarenkäter',
    'Åtgärder',
    'Siffror',
    'APT',
    'Förslag',
  ]);
  await awake(page);
  await axe();
});
