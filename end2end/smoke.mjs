// Whether a release binary is one: `node smoke.mjs BINARY`. It starts on an empty database, lets in the first administrator,
// ends when it is told to, and a first visit to a chef's Att göra is as small as is asked for. Prints what it measures.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const KB = 1024;
const MB = KB * KB;
/** Larger than this is a mistake. 45 is what is wanted: the plan with its account made it 61. */
const PROGRAM = 65 * MB;
/** Everything that a browser with nothing kept fetches for one page, as it travels. */
const FIRST_VISIT = 300 * KB;

const [binary] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'kvalitet-smoke-'));
const children = [];
const faults = [];
const check = (holds, said) => {
  console.log(`   ${holds ? 'ok' : 'FAILED'}: ${said}`);
  if (!holds) faults.push(said);
};

/** Starts the program and waits until it listens. */
function start(args) {
  const from = performance.now();
  const child = spawn(binary, [...args, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return new Promise((done, failed) => {
    const program = { child, log: '' };
    const hear = (chunk) => {
      program.log += chunk;
      const found = program.log.match(/listening on (http:\/\/[\w.:]+)/);
      if (found && !program.address) {
        Object.assign(program, { address: found[1], ms: performance.now() - from });
        done(program);
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', failed);
    child.on('exit', (code) => failed(new Error(`ended with ${code}:\n${program.log}`)));
  });
}

/** Ends it as a service manager does; whether it ended by itself and well. */
const stop = ({ child }) =>
  new Promise((done) => {
    child.on('exit', (code) => done(code === 0));
    child.kill('SIGTERM');
  });

try {
  const browser = await chromium.launch({
    executablePath: process.env.KVALITET_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });

  const { size } = statSync(binary);
  check(size <= PROGRAM, `the program is ${(size / MB).toFixed(1)} MB (at most ${PROGRAM / MB})`);
  // nothing is fetched from elsewhere while it is measured
  const empty = await start(['--database', `sqlite://${folder}/empty.db`, '--kolada', 'nej']);
  check(empty.ms < 5_000, `starts on an empty database, in ${empty.ms.toFixed(0)} ms`);
  const health = await (await fetch(`${empty.address}/halsa`)).json();
  check(health.status === 'ok' && health.database === 'sqlite', `answers /halsa: ${JSON.stringify(health)}`);
  const first = await (await browser.newContext({ baseURL: empty.address, locale: 'sv-SE' })).newPage();
  await first.goto('/start');
  const token = empty.log.match(/"token":"([^"]+)"/)?.[1] ?? '';
  const chosen = 'fyra krokiga lampor';
  const form = { token, name: 'Administratör', email: 'admin@example.se', password: chosen, password_again: chosen, organisation: 'Staden' };
  for (const [name, value] of Object.entries(form)) await first.locator(`[name=${name}]`).fill(value);
  await first.locator('form:has([name=token]) button').click();
  await first.waitForURL((url) => url.pathname !== '/start');
  check((await first.locator('h1').count()) === 1, `lets in the first administrator: ${new URL(first.url()).pathname}`);
  check(await stop(empty), 'ends when it is told to');

  const demo = await start(['demo', '--database', `sqlite://${folder}/demo.db`]);
  const login = await browser.newContext({ baseURL: demo.address });
  const page = await login.newPage();
  await page.goto('/logga-in');
  await page.getByRole('button', { name: 'Enhetschef', exact: true }).click();
  await page.waitForURL(`${demo.address}/`);
  // with the login, and nothing of what the browser has fetched
  const fresh = await browser.newContext({ baseURL: demo.address });
  await fresh.addCookies(await login.cookies());
  const visit = await fresh.newPage();
  const cdp = await fresh.newCDPSession(visit);
  await cdp.send('Network.enable');
  const urls = new Map();
  const sizes = new Map();
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    // what stands in the stylesheet itself is not fetched
    if (response.url.startsWith('http')) urls.set(requestId, new URL(response.url).pathname);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
  await visit.goto('/');
  await visit.waitForFunction(() => document.documentElement.dataset.awake === 'true');
  await visit.waitForTimeout(500);
  const fetched = [...urls].map(([id, path]) => [path, sizes.get(id) ?? 0]);
  for (const [path, size] of fetched.toSorted((a, b) => b[1] - a[1])) console.log(`      ${(size / KB).toFixed(1).padStart(7)} KB  ${path}`);
  const total = fetched.reduce((sum, [, size]) => sum + size, 0);
  check(total > 50 * KB && total <= FIRST_VISIT, `a first visit to / is ${(total / KB).toFixed(0)} KB (at most ${FIRST_VISIT / KB})`);
  check(fetched.some(([path]) => path.endsWith('.wasm')), 'the islands wake');
  check(await stop(demo), 'ends when it is told to, with a page open');
  await browser.close();
} catch (error) {
  check(false, String(error));
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(faults.length === 0 ? 0 : 1);
