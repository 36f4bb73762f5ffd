// The organisation changes: groups are moved and merged, and units become one.
import { expect, test } from './fixture';
import { logIn, press } from './steps';

test('a group is moved to another unit and back, and another becomes part of it', async ({ page, axe }) => {
  await logIn(page, 'Administratör');
  await page.goto('/admin/grupper');
  await page.getByLabel('Namn', { exact: true }).fill('Mentorerna');
  await page.getByLabel('Hör till').selectOption({ label: (await page.getByLabel('Hör till').locator('option', { hasText: 'Avdelningen för ekonomiskt bistånd' }).first().innerText()) });
  await page.getByRole('button', { name: 'Lägg till grupp' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Mentorerna' })).toBeVisible();
  await expect(page.getByText('Det finns ingen annan grupp som hör till samma enhet.')).toBeVisible();

  const there = await page.getByLabel('Ska höra till').locator('option', { hasText: /enheten/i }).first().innerText();
  await page.getByLabel('Ska höra till').selectOption({ label: there });
  await page.getByRole('button', { name: 'Flytta gruppen' }).click();
  await expect(page.getByText(`Gruppen hör nu till ${there.trim()}`)).toBeVisible();
  await axe('light', 'dark');

  await page.getByLabel('Grupp som går upp i den här').selectOption({ label: 'Enhetens ledningsgrupp' });
  await page.getByRole('button', { name: 'Visa vad som händer' }).click();
  await expect(page.getByRole('heading', { name: 'Enhetens ledningsgrupp går upp i Mentorerna' })).toBeVisible();
  await expect(page.getByText(/som Enhetens ledningsgrupp utför utförs sedan av Mentorerna/)).toBeVisible();
  await axe('light', 'dark');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Slå ihop grupperna' }).click();
  await expect(page.getByText('Grupperna är en')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Grupper' }).getByText('Enhetens ledningsgrupp')).toHaveCount(1);
  await page.getByRole('link', { name: 'Historik' }).click();
  await expect(page.getByText('Slogs ihop med Enhetens ledningsgrupp')).toBeVisible();
  await expect(page.getByText('Gick upp i Mentorerna')).toBeVisible();
});

test('two units become one today: its chef lays the plan from an old one, and the old ones are read and not written', async ({ page, browser, own, axe }) => {
  // a long story, with axe at each step in both themes
  test.setTimeout(120_000);
  const address = own.address;
  await page.goto(`${address}/logga-in`);
  await page.getByRole('button', { name: 'Administratör' }).click();
  await expect(page).not.toHaveURL(/logga-in/);
  await page.goto(`${address}/admin`);
  await page.getByRole('link', { name: 'Slå ihop enheter' }).click();
  await press(page, 'Visa vad som händer');
  await expect(page.getByText('Välj minst två enheter.').first()).toBeVisible();
  await axe('light', 'dark');
  const boxes = page.getByRole('group', { name: 'Enheter som blir en' }).getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByLabel('Den nya enhetens namn').fill('Nya enheten');
  const under = page.getByLabel('Ska ligga under');
  await under.selectOption({ label: (await under.locator('option', { hasText: 'Avdelning' }).first().innerText()) });
  await page.getByLabel('Första dag').fill('261123');
  await press(page, 'Visa vad som händer');
  await expect(page.getByText(/Nya enheten finns från 2026-11-23 med ett tomt årshjul/)).toBeVisible();
  await expect(page.getByText(/Sista dag är 2026-11-22/)).toBeVisible();
  await axe('light', 'dark');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Slå ihop enheterna' }).click();
  await expect(page.getByText(/Nya enheten är skapad/)).toBeVisible();
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('link', { name: 'Upphörda enheter' }).click();
  await expect(page.getByRole('region', { name: 'Upphörda enheter' }).locator('tbody tr')).toHaveCount(2);
  await axe('light', 'dark');

  const chef = await (await browser.newContext({ baseURL: address })).newPage();
  await logIn(chef, 'Enhetschef');
  await chef.goto('/egenkontroll');
  await expect(chef.getByText(/Enheten finns sedan 2026-11-23/)).toBeVisible();
  await chef.getByRole('button', { name: /^Kopiera planen 2026 från/ }).first().click();
  await expect(chef.getByText(/kontroller är kopierade till 2026/)).toBeVisible();
  await chef.goto('/upphorda');
  await chef.getByRole('link', { name: /^Egenkontroll, / }).first().click();
  await expect(chef.getByText(/Enheten upphörde 2026-11-22 och blev Nya enheten/)).toBeVisible();
  await expect(chef.getByRole('link', { name: 'Ny kontroll' })).toHaveCount(0);
});

test('a merge that has not begun is taken back, and a unit gets a last day that can go', async ({ page, own, axe }) => {
  // a long story, with axe at each step in both themes
  test.setTimeout(120_000);
  const address = own.address;
  await page.goto(`${address}/logga-in`);
  await page.getByRole('button', { name: 'Administratör' }).click();
  await expect(page).not.toHaveURL(/logga-in/);
  await page.goto(`${address}/admin/sla-ihop`);
  const boxes = page.getByRole('group', { name: 'Enheter som blir en' }).getByRole('checkbox');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByLabel('Den nya enhetens namn').fill('Hela enheten');
  const under = page.getByLabel('Ska ligga under');
  await under.selectOption({ label: (await under.locator('option', { hasText: 'Avdelning' }).first().innerText()) });
  await page.getByLabel('Första dag').fill('270101');
  await press(page, 'Visa vad som händer');
  await expect(page.getByText(/Det går att ta tillbaka till och med 2026-12-31/)).toBeVisible();
  await page.getByRole('button', { name: 'Slå ihop enheterna' }).click();
  await expect(page.getByText(/Hela enheten är skapad/)).toBeVisible();

  await page.getByRole('link', { name: 'Ta tillbaka sammanslagningen' }).click();
  await expect(page.getByText('Sista dagen, 2026-12-31, tas bort.', { exact: false })).toBeVisible();
  await axe('light', 'dark');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Ta tillbaka sammanslagningen' }).click();
  await expect(page.getByText(/Sammanslagningen är tillbakatagen/)).toBeVisible();
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect(page.getByRole('navigation', { name: 'Organisationen' }).getByText('Hela enheten')).toHaveCount(0);

  await page.getByRole('navigation', { name: 'Organisationen' }).getByRole('link', { name: /Enhet$/ }).first().click();
  await page.getByRole('link', { name: 'Första och sista dag' }).click();
  await axe('light', 'dark');
  await press(page, 'Visa vad som händer');
  await expect(page.getByText('Skriv enhetens sista dag.').first()).toBeVisible();
  await page.getByLabel('Sista dag').fill('261231');
  await press(page, 'Visa vad som händer');
  await expect(page.getByRole('heading', { name: /upphör efter 2026-12-31/ })).toBeVisible();
  await axe('light', 'dark');
  await page.getByRole('button', { name: 'Spara sista dagen' }).click();
  await expect(page.getByText(/Sista dagen för .* är 2026-12-31/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Ta bort sista dagen' }).click();
  await expect(page.getByText(/Sista dagen är borttagen/)).toBeVisible();
});
