// What every spec imports instead of '@playwright/test'.
//
//   page      has the running demo as its base, and fails the test when the browser's console holds an error
//   server    the address of the demo, started once per worker with a new SQLite database; today is 2026-11-23
//   axe       await axe()  fails with the rules broken on the page as it stands (WCAG 2.2 A and AA)
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';

const binary = process.env.KVALITET_BIN ?? '../target/demo/kvalitetshjulet';
const startLimit = 60_000;

export type Server = { address: string; stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void> };

/** Starts the program and waits until it listens. */
export async function start(args: string[]): Promise<Server> {
  // the specs do in minutes what people do in weeks
  const limits = process.env.KVALITET_LIMITS ?? '50';
  const today = process.env.KVALITET_TODAY ?? '2026-11-23';
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

type PerTest = { axe: () => Promise<void>; quietConsole: void };
type PerWorker = { server: string };

export const test = base.extend<PerTest, PerWorker>({
  server: [
    async ({}, use) => {
      const dir = await mkdtemp(join(tmpdir(), 'kvalitet-e2e-'));
      try {
        const server = await start(['demo', '--database', `sqlite://${dir}/demo.db`, '--listen', '127.0.0.1:0']);
        await use(server.address);
        await server.stop('SIGTERM');
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: startLimit + 10_000 },
  ],

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
    await use(async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      const broken = violations.map((rule) => `${rule.id}: ${rule.help}\n  ${rule.nodes.map((node) => node.html).join('\n  ')}`);
      expect(broken, `axe on ${page.url()}`).toEqual([]);
    });
  },
});

export { expect };
