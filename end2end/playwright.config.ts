// Browser tests against the real binary. fixture.ts starts a server with a database of its own for each file, so that files run
// in any order and two at a time.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // what the build machine has cores for; within a file the tests come in order, unless the file says that it is parallel
  workers: 2,
  fullyParallel: false,
  // a failure is a failure
  retries: 0,
  forbidOnly: !!process.env.CI,
  // a build machine can be slow; nothing waits longer than it has to, so a long limit costs only what fails
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1366, height: 768 },
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.KVALITET_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
