// The demo on http://127.0.0.1:3000, built anew at every change and loaded anew in every tab. What was done in it stays from one
// build to the next, logins too; each `make watch` begins with a new database.
//
// It stands in front of the program: while a new one starts, requests wait, and each page gets a script that asks which program
// answers. Nothing of this is in the program itself.
//
//   node scripts/watch.mjs [HOST:PORT]
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const binary = process.env.KVALITET_BIN ?? join(target, 'demo/kvalitetshjulet');
const folder = join(target, 'watch');
const database = `sqlite://${join(folder, 'watch.db')}`;
const [host, port] = (process.argv[2] ?? '127.0.0.1:3000').split(':');

/** What a build reads: a change of any of them is a new build. */
const READ = ['app', 'server', 'style', 'migrations', 'scripts/site.mjs', 'scripts/build.sh', 'Cargo.toml', 'Cargo.lock'];
const LOOK = 700; // how often it is looked at, in milliseconds

const SCRIPT = '/__watch.js';
const STARTED = '/__watch';
const BROWSER = `// which program answers: another one than before is a new build
let known;
setInterval(async () => {
  const now = await fetch('${STARTED}').then((answer) => answer.text(), () => known);
  if (known && now !== known) location.reload();
  known = now;
}, ${LOOK});
`;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const deferred = () => {
  let settle;
  return { promise: new Promise((done) => (settle = done)), settle };
};

/** The latest change below a path. Folders count, so that what is removed is seen. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
const changed = () => Math.max(...READ.map((path) => newest(join(root, path))));

let child;
let starts = 0;
/** The port of the program. Requests wait for it. */
let answering = deferred();

const build = () =>
  new Promise((done) => {
    if (process.env.KVALITET_BIN) return done(true);
    spawn(join(root, 'scripts/build.sh'), ['demo'], { cwd: root, stdio: 'inherit' }).on('exit', (code) => done(code === 0));
  });

/** Starts the program and gives its port, or nothing when it ends instead. */
const start = (args) =>
  new Promise((done) => {
    child = spawn(binary, [...args, '--database', database, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk) => {
      const found = String(chunk).match(/listening on http:\/\/[\w.]+:(\d+)/);
      if (found) done(Number(found[1]));
    });
    child.on('error', () => done(undefined));
    child.on('exit', () => done(undefined));
  });

const end = () =>
  new Promise((done) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return done();
    child.on('exit', done);
    // streams would make a calm end last
    child.kill('SIGKILL');
  });

const anew = () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return start(['demo']);
};

/** Puts the program that was built in the place of the one that answers. */
async function replace() {
  const waiting = starts === 0 ? answering : (answering = deferred());
  await end();
  // a database that the new program does not read, as after a migration that was rewritten, is made anew
  const port = starts === 0 ? await anew() : ((await start([])) ?? (await anew()));
  starts += 1;
  if (port) waiting.settle(port);
  console.log(port ? `\n== http://${host}:${front.address().port} (login: the buttons, or enhetschef@demo.se and demo-kvalitet)` : '\n!! it does not start');
}

const front = createServer(async (asked, answer) => {
  if (asked.url === SCRIPT) return answer.writeHead(200, { 'content-type': 'text/javascript' }).end(BROWSER);
  if (asked.url === STARTED) return answer.writeHead(200, { 'content-type': 'text/plain' }).end(`${process.pid}-${starts}`);
  const port = await answering.promise;
  // what is packed could not be added to
  const headers = { ...asked.headers, 'accept-encoding': 'identity' };
  const passed = request({ host: '127.0.0.1', port, method: asked.method, path: asked.url, headers }, (got) => {
    const page = got.headers['content-type']?.startsWith('text/html');
    if (page) delete got.headers['content-length'];
    answer.writeHead(got.statusCode, got.headers);
    got.on('error', () => answer.destroy());
    if (!page || asked.method === 'HEAD') return got.pipe(answer);
    got.on('data', (chunk) => answer.write(chunk));
    got.on('end', () => answer.end(`<script src="${SCRIPT}"></script>`));
  });
  passed.on('error', () => answer.destroy());
  answer.on('close', () => passed.destroy());
  asked.pipe(passed);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    child?.kill('SIGKILL');
    process.exit(0);
  });
}

front.listen(Number(port), host);
let built;
for (;;) {
  const now = changed();
  if (now !== built) {
    built = now;
    if (await build()) await replace();
  }
  await wait(LOOK);
}
