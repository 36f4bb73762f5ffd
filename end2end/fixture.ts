// What every spec imports instead of '@playwright/test'.
//
//   page      has the running demo as its base, and fails the test when the browser's console holds an error
//   server    the address of the demo of this file: its data is the file's own, and no other spec sees what is done here.
//             A demo takes less than a second to start; today is 2026-11-23, or what the file says: test.use({ today: '2026-05-20' })
//   own       a demo of this test alone, whose server can be killed and comes back with the same data at the same address
//   axe       await axe()  fails with the rules broken on the page as it stands (WCAG 2.2 A and AA). axe('light', 'dark') looks at
//             it in both: all rules in the first, and those that see colours in the next
//
// KVALITET_EACH=1 gives each test a demo of its own instead of each file: a test that leans on one before it fails then.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';

const binary = process.env.KVALITET_BIN ?? '../target/demo/kvalitetshjulet';
const startLimit = 60_000;

type Server = { address: string; stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void> };

/** Starts the program and waits until it listens. */
async function start(args: string[], today: string): Promise<Server> {
  // the specs do in minutes what people do in weeks
  const limits = process.env.KVALITET_LIMITS ?? '50';
  const child = spawn(binary, args, {
    env: { ...process.env, NO_COLOR: '1', KVALITET_TODAY: today, KVALITET_LIMITS: limits },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const address = await new Promise<string>((resolve, reject) => {
    const tooLate = setTimeout(() => reject(new Error(`no "listening on" within a minute:\n${log}`)), startLimit);
    const look = (chunk: Buffer) => {
      log = (log + chunk).slice(-20_000);
      const found = log.match(/listening on (http:\/\/[\w.:]+)/);
      if (found) {
        clearTimeout(tooLate);
        resolve(found[1]);
      }
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log}`)));
  });
  const stop = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const hurry = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(hurry);
  };
  return { address, stop };
}

/** A demo with a new database in a folder of its own. */
async function demo(today: string) {
  const dir = await mkdtemp(join(tmpdir(), 'kvalitet-e2e-'));
  const gone = () => rm(dir, { recursive: true, force: true });
  const database = ['--database', `sqlite://${dir}/demo.db`];
  try {
    let server = await start(['demo', ...database, '--listen', '127.0.0.1:0'], today);
    const listen = ['--listen', new URL(server.address).host];
    return {
      address: server.address,
      kill: () => server.stop('SIGKILL'),
      again: async () => {
        server = await start([...database, ...listen], today);
      },
      end: async (signal: 'SIGTERM' | 'SIGKILL') => {
        await server.stop(signal);
        await gone();
      },
    };
  } catch (error) {
    await gone();
    throw error;
  }
}

export type Own = Omit<Awaited<ReturnType<typeof demo>>, 'end'>;

type Scheme = 'light' | 'dark';
type PerTest = { today: string; server: string; own: Own; axe: (...schemes: readonly Scheme[]) => Promise<void>; quietConsole: void };
type PerWorker = { demoOf: (whose: string, today: string) => Promise<string> };

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// a theme is other values of the same tokens: names, roles and order are as they were
const seeColours = ['color-contrast', 'link-in-text-block'];

export const test = base.extend<PerTest, PerWorker>({
  // one at a time in each worker: the next file's takes the place of the last one's
  demoOf: [
    async ({}, use) => {
      let running: { whose: string; demo: Awaited<ReturnType<typeof demo>> } | undefined;
      const end = async () => {
        const last = running;
        running = undefined;
        await last?.demo.end('SIGTERM');
      };
      await use(async (whose, today) => {
        if (running?.whose !== whose) {
          await end();
          running = { whose, demo: await demo(today) };
        }
        return running!.demo.address;
      });
      await end();
    },
    { scope: 'worker', timeout: startLimit + 10_000 },
  ],

  // the day that the demo of the file stands on
  today: [process.env.KVALITET_TODAY ?? '2026-11-23', { option: true }],

  server: async ({ demoOf, today }, use, { file, testId }) => {
    await use(await demoOf(process.env.KVALITET_EACH ? testId : file, today));
  },

  own: async ({ page, today }, use) => {
    const own = await demo(today);
    try {
      await use(own);
    } finally {
      // a page asks for its icon again when the theme changes: it goes before its server does
      await page.close();
      await own.end('SIGKILL');
    }
  },

  baseURL: async ({ server }, use) => {
    await use(server);
  },

  quietConsole: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      await use();
      expect(errors, 'errors in the console').toEqual([]);
    },
    { auto: true },
  ],

  axe: async ({ page }, use) => {
    // A colour on its way to another theme's is neither of the two. Ended, not awaited: what is in a closed <details> has no time
    // that goes, and its transitions never come to their end.
    const settled = () =>
      page.evaluate(async () => {
        await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)));
        for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
      });
    const look = async (runOnly: { type: 'tag' | 'rule'; values: string[] }, theme: string) => {
      await settled();
      // in one go on a page without frames, and nothing is gathered of what holds: a third of the time
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ runOnly, resultTypes: ['violations'] }).analyze();
      const broken = violations.map((rule) => `${rule.id}: ${rule.help}\n  ${rule.nodes.map((node) => node.html).join('\n  ')}`);
      expect(broken, `axe on ${page.url()}${theme}`).toEqual([]);
    };
    await use(async (...schemes) => {
      const [first, ...next] = schemes;
      if (first) await page.emulateMedia({ colorScheme: first });
      await look({ type: 'tag', values: everyRule }, first ? `, ${first}` : '');
      for (const colorScheme of next) {
        await page.emulateMedia({ colorScheme });
        await look({ type: 'rule', values: seeColours }, `, ${colorScheme}`);
      }
    });
  },
});

export { expect };
