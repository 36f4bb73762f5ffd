// Starts the binary given as the first argument with a demo database of its own, asks for each path with 50 connections
// for 5 seconds, and prints what it took. Called by bench.sh.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [binary, ...paths] = process.argv.slice(2);
const dir = await mkdtemp(join(tmpdir(), 'kvalitet-bench-'));
const began = performance.now();
const server = spawn(binary, ['demo', '--database', `sqlite://${dir}/demo.db`, '--listen', '127.0.0.1:0'], {
  env: { ...process.env, NO_COLOR: '1', KVALITET_TODAY: '2026-11-23' },
  stdio: ['ignore', 'pipe', 'pipe'],
});

const base = await new Promise((resolve, reject) => {
  let seen = '';
  const look = (chunk) => {
    seen += chunk;
    const found = seen.match(/listening on (http:\/\/[\w.:]+)/);
    if (found) resolve(found[1]);
  };
  server.stdout.on('data', look);
  server.stderr.on('data', look);
  server.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${seen}`)));
});
console.log(`   started with a new demo database in ${Math.round(performance.now() - began)} ms`);

const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
const get = (path) =>
  new Promise((resolve, reject) => {
    http
      .get(base + path, { agent }, (answer) => {
        let body = 0;
        answer.on('data', (chunk) => (body += chunk.length));
        answer.on('end', () => resolve({ status: answer.statusCode, body }));
      })
      .on('error', reject);
  });

if (paths.length === 0) {
  const page = await (await fetch(base + '/')).text();
  const style = page.match(/href="([^"]+\.css)"/);
  paths.push('/', ...(style ? [style[1]] : []));
}

try {
  for (const path of paths) {
    const times = [];
    let last;
    const until = performance.now() + 5000;
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        while (performance.now() < until) {
          const from = performance.now();
          last = await get(path);
          times.push(performance.now() - from);
        }
      }),
    );
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
    console.log(`   ${path}: ${Math.round(times.length / 5)} requests/s, median ${at(0.5)} ms, 99 % ${at(0.99)} ms (${last.status}, ${last.body} bytes)`);
  }
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '');
  const memory = status.match(/VmRSS:\s+(\d+)/);
  if (memory) console.log(`   memory ${Math.round(memory[1] / 1024)} MB`);
} finally {
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
  agent.destroy();
  await rm(dir, { recursive: true, force: true });
}
