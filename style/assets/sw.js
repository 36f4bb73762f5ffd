// Keeps the page where answers are entered, a wall screen as it last was, and the files they need, so that it opens without network once it has been
// visited. Sends nothing and stores no answers: the outbox of the page does that.
const PAGES = 'kvalitet-sidor';
const FILES = 'kvalitet-filer';
// nothing else is kept: no page but ENTRY, and no answer of the server
const FILE = /^(\/pkg\/|\/fonts\/|\/favicon\.)/;
const ENTRY = /^(\/enkater\/[0-9a-f-]{36}\/svara|\/skarm\/[0-9a-f]{64})$/;
// longer than this, and the page that is kept is shown
const PATIENCE = 4000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(Promise.all([self.clients.claim(), tidy()])));

self.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(caches.delete(PAGES));
  else if (Array.isArray(event.data)) event.waitUntil(keep(event.data));
});

// what an earlier version has kept beside the files
async function tidy() {
  const files = await caches.open(FILES);
  for (const request of await files.keys()) if (!FILE.test(new URL(request.url).pathname)) await files.delete(request);
}

const pathOf = (request) => new URL(request.url).pathname;
// the files that a page names
const named = (html) => html.match(/\/(?:pkg|fonts)\/[\w.-]+|\/favicon\.\w+/g) ?? [];

// the files of the page that is open, and the page itself; files of an older version go when no page that is kept needs them
async function keep(paths) {
  const files = await caches.open(FILES);
  const all = async (wanted) => {
    let there = true;
    for (const path of new Set(wanted)) there = ((await files.match(path)) || (await files.add(path).then(() => true, () => false))) && there;
    return there;
  };
  const wanted = paths.filter((path) => FILE.test(path));
  await all(wanted);
  const pages = await caches.open(PAGES);
  const fresh = paths.filter((path) => ENTRY.test(path));
  const old = (await files.keys()).filter((request) => !wanted.includes(pathOf(request)));
  if (old.length) fresh.push(...(await pages.keys()).map(pathOf));
  for (const path of new Set(fresh)) {
    // "prefetch": what the server has to say to the person is left for a page that is looked at
    const answer = await fetch(path, { headers: { accept: 'text/html', purpose: 'prefetch', 'x-bakgrund': '1' }, redirect: 'manual' }).catch(() => null);
    if (answer?.ok) {
      // one that lacks a file would open and do nothing: the one before stays, with its files
      if (await all(named(await answer.clone().text()))) await pages.put(path, answer);
    }
    // a screen whose address was taken back
    else if (answer?.status === 410) await pages.delete(path);
  }
  const needed = new Set(wanted);
  for (const request of await pages.keys()) for (const path of named(await (await pages.match(request)).text())) needed.add(path);
  for (const request of old) if (!needed.has(pathOf(request))) await files.delete(request);
}

// a page that was kept says so: its day is not today's
async function shown(kept) {
  const { status, headers } = kept;
  return new Response((await kept.text()).replace('<html', '<html data-kept'), { status, headers });
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (/^\/(pkg|fonts)\//.test(url.pathname)) event.respondWith(file(event.request));
  else if (event.request.mode === 'navigate') event.respondWith(page(event, url));
});

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(event, url) {
  const kept = ENTRY.test(url.pathname) ? await caches.match(url.pathname) : undefined;
  const asked = fetch(event.request).then(async (answer) => {
    if (url.pathname === '/logga-in' && answer.ok) await caches.delete(PAGES);
    return answer;
  });
  try {
    if (!kept) return await asked;
    // a page that is kept need not be waited for longer than somebody with a phone at the ear would
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    const answer = await Promise.race([asked, late]);
    return answer && answer.status < 500 ? answer : await shown(kept);
  } catch {
    return kept ? await shown(kept) : await offline();
  }
}

async function offline() {
  const pages = await caches.open(PAGES);
  const links = [];
  for (const request of await pages.keys()) {
    if (new URL(request.url).pathname.startsWith('/skarm/')) continue;
    const text = await (await pages.match(request)).text();
    const title = text.match(/<h1[^>]*>([^<]+)/)?.[1] ?? 'Enkät';
    links.push(`<li><a href="${new URL(request.url).pathname}">${title}</a></li>`);
  }
  const css = (await (await caches.open(FILES)).keys()).map((r) => new URL(r.url).pathname).find((p) => p.endsWith('.css'));
  const choose = links.length ? `<p>De här enkäterna går att svara på ändå. Svaren skickas när nätet är tillbaka.</p><ul>${links.join('')}</ul>` : '';
  return new Response(
    `<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
      `<title>Servern nås inte – Kvalitetshjulet</title>${css ? `<link rel="stylesheet" href="${css}">` : ''}</head>` +
      `<body><div class="login"><main class="main"><section class="card"><div class="card-body"><h1>Servern nås inte just nu</h1>` +
      `<p>Kontrollera nätet och försök igen om en stund.</p>${choose}</div></section></main></div></body></html>`,
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } },
  );
}
