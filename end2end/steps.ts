// What several specs do: log in with a demo account, find a row.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from './fixture';

/** Logs in with one of the buttons of the demo's login page. */
export async function logIn(page: Page, role: string) {
  await page.goto('/logga-in');
  await page.getByRole('button', { name: role, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).not.toHaveURL(/logga-in/);
}

/**
 * Presses a button that sends its form, and waits until the page that answers stands. Who goes to another page, or lets somebody
 * else look, before that has cut the sending off or looks too early.
 */
export async function press(page: Page, name: string) {
  const button = page.getByRole('button', { name, exact: true });
  // the page that the button stands on may still be on its way in: its load is not the answer
  await button.waitFor();
  await page.waitForLoadState('load');
  const answered = page.waitForEvent('load');
  await button.click();
  await answered;
}

/** Waits until the islands of the page have woken. */
export async function awake(page: Page) {
  await page.waitForFunction(() => document.documentElement.dataset.awake === 'true');
}

/** Pages that nobody needs to be logged in for. */
export const openPages = ['/logga-in', '/tv'];

/** Every page of an administrator, but those of one person. */
export const adminPages = ['/admin', '/admin/personer', '/admin/personer/ny', '/admin/personer/importera', '/admin/grupper', '/admin/sla-ihop', '/admin/dagar', '/admin/sakerhet'];

/** Every route of the program. */
export function routes(): string[] {
  const app = readFileSync('../app/ui/src/app.rs', 'utf8');
  return [...app.matchAll(/<Route path=path!\("([^"]+)"\)/g)].map(([, path]) => path);
}

/** The route of a path: the first that fits with fewest names of its own, /apt/ny before /apt/:id. */
export function routeOf(path: string): string | undefined {
  const fits = (route: string) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(path);
  return routes()
    .filter(fits)
    .sort((a, b) => a.split(':').length - b.split(':').length)[0];
}

/** Routes that these walks do not come to, and where they are seen. */
export const elsewhere: Record<string, string> = {
  '/admin/personer/:id': 'pages.spec.ts',
  '/avvikelser/:id/logg': 'avvikelse.spec.ts',
  '/konto/losenord': 'sakerhet.spec.ts',
  '/las': 'inloggning.spec.ts',
  '/siffror/:id/jamforelse/:jamforelse/fil': 'siffror_mer.spec.ts',
  '/skarm/:token': 'apt.spec.ts',
  '/start': 'smoke.mjs',
  '/verksamhetsplan/:id/kapitel/:kapitel': 'verksamhetsplan.spec.ts',
  '/verksamhetsplan/:id/indikatorer/:indikator': 'utfall.spec.ts',
  '/verksamhetsplan/:id/indikatorer/:indikator/redigera': 'utfall.spec.ts',
  '/verksamhetsplan/:id/mal/:mal': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/grupp/:grupp': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/grupp/ny': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/rad/:rad': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/rad/:rad/utfall/:manad': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/rad/ny': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/uppfoljning/:uppfoljning': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/uppfoljning/ny': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/redigera': 'verksamhetsplan.spec.ts',
  '/verksamhetsplan/:id/mal/:mal/texter': 'enhetsmal.spec.ts',
  '/verksamhetsplan/:id/ekonomi/tabeller/:tabell': 'ekonomi.spec.ts',
};

/**
 * Pages of the routes that none of these paths is of, and that are not seen elsewhere: a new area is looked at without a line
 * here. A route with an id is opened with the first of what its list leads to; the demo has one.
 */
async function unnamed(page: Page, paths: string[]): Promise<string[]> {
  const seen = new Set(paths.map((path) => routeOf(path.split('?')[0])));
  const found: string[] = [];
  for (const route of routes().filter((route) => !seen.has(route) && !(route in elsewhere))) {
    const [list, rest] = route.split('/:id');
    if (rest === undefined) {
      found.push(route);
      continue;
    }
    await page.goto(list);
    const links = page.locator(`main a[href^="${list}/"]`);
    const hrefs = await links.evaluateAll((all) => all.map((a) => (a.getAttribute('href') ?? '').split(/[?#]/)[0]));
    const thing = hrefs.find((href) => routeOf(href) === `${list}/:id`);
    expect(thing, `${list} leads to one of its things, of which the demo has some; or ${route} stands in elsewhere`).toBeTruthy();
    found.push(`${thing}${rest}`);
  }
  return found;
}

/** Every page that an enhetschef can open from the menu or a plan. */
export async function chefPages(page: Page): Promise<string[]> {
  const first = async (path: string, selector: string) => {
    await page.goto(path);
    return (await page.locator(selector).first().getAttribute('href')) ?? '';
  };
  const egenkontroll = await first('/egenkontroll', '.month-grid th[scope=row] a');
  const internkontroll = await first('/internkontroll', '.month-grid th[scope=row] a');
  const open = await first('/', '.row-title');
  await page.goto('/egenkontroll');
  await page.locator('.month-grid th[scope=row] a', { hasText: 'Dokumentation' }).first().click();
  await page.locator('.row-title').first().click();
  const run = (await page.locator('.card-head a.button[href^="/genomforanden/"]').first().getAttribute('href')) ?? '';
  const ogjord = await first('/?visa=enheten', '.row:not(.late-group):has(a[href$="#resultat"]) .row-title');
  const atgard = await first('/atgarder?visa=alla', '.table th[scope=row] a');
  const arende = await first('/avvikelser?typ=pui&lage=bedomd', '.table th a');
  const enkat = await first('/enkater', '.row-title');
  const aktivitet = await first('/arshjul?vy=manader&kategori=mote', '.month-grid th[scope=row] a');
  const mote = await first('/apt', 'section:has(#kommande) .row-title');
  const hallet = await first('/apt', 'section:has(#hallna) .row-title');
  const paths = [
    '/',
    '/?visa=enheten',
    '/arshjul',
    '/arshjul?zoom=t3',
    '/arshjul?zoom=11',
    '/arshjul?vy=manader',
    '/arshjul?vy=lista',
    '/arshjul?vy=lista&gruppera=vem',
    '/arshjul?ar=2040',
    '/egenkontroll',
    '/egenkontroll?vy=lista',
    '/egenkontroll?q=finnsinte',
    '/egenkontroll/ny',
    '/egenkontroll/importera',
    egenkontroll,
    `${egenkontroll}?flik=historik`,
    `${egenkontroll}/redigera`,
    '/internkontroll',
    '/internkontroll?vy=lista',
    '/internkontroll/ny',
    '/internkontroll/importera',
    internkontroll,
    `${internkontroll}/redigera`,
    open,
    ogjord,
    aktivitet,
    `${aktivitet}?redigera=ja`,
    '/aktiviteter/ny',
    run,
    ...['bedom', 'resultat', 'analys', 'urval', 'historik'].map((flik) => `${run}?flik=${flik}`),
    `${run}/dokumentation`,
    `/genomforanden/ny?tillfalle=${ogjord.split('/').pop()}`,
    `${egenkontroll}/kriterier`,
    '/atgarder',
    '/atgarder?visa=alla',
    '/atgarder?q=finnsinte',
    '/atgarder/ny',
    atgard,
    `${atgard}/redigera`,
    '/forslag',
    '/avvikelser',
    '/avvikelser?visa=mina',
    '/avvikelser?q=finnsinte',
    '/avvikelser/ny',
    '/avvikelser/nytt-klagomal',
    '/avvikelser/statistik',
    '/avvikelser/statistik?flik=alla',
    '/avvikelser/statistik?ar=2040',
    '/avvikelser/installningar',
    arende,
    ...['utredning', 'personuppgifter', 'atgarder', 'kopplingar', 'bilagor', 'historik'].map((flik) => `${arende}?flik=${flik}`),
    '/enkater',
    '/enkater/ny',
    enkat,
    `${enkat}?flik=historik`,
    `${enkat}/redigera`,
    `${enkat}/fragor`,
    `${enkat}/forhandsvisa`,
    `${enkat}/svara`,
    `${enkat}/klistra`,
    `${enkat}/resultat`,
    `${enkat}/fritext`,
    `${enkat}/varden`,
    '/konto',
    '/tillganglighet',
    '/apt',
    '/apt/ny',
    '/apt/beslut',
    '/apt/beslut?q=finnsinte',
    '/apt/dagordning',
    '/apt/skarmar',
    mote,
    `${mote}/redigera`,
    `${mote}/visa`,
    `${mote}/visa?lage=presentator`,
    `${hallet}/protokoll`,
  ];
  return [...paths, ...(await unnamed(page, [...openPages, ...adminPages, ...paths]))];
}

/** Answers to an enkät that the server has taken: published, waiting, and those that are too few to be shown. */
export async function takenAnswers(page: Page, path: string): Promise<number> {
  await page.goto(path);
  const figure = page.locator('.figure').filter({ hasText: 'Svar i resultatet' });
  const published = ((await figure.locator('.value').textContent()) ?? '').replace(/\D/g, '');
  const waiting = ((await figure.locator('.sentence').textContent()) ?? '').match(/^(\d+) svar (väntar|visas inte)/)?.[1] ?? '0';
  return Number(published) + Number(waiting);
}
