import { chromium } from 'playwright';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const c = await b.newContext({ viewport: { width: 1366, height: 768 }, locale:'sv-SE' });
const p = await c.newPage();
const base = process.argv[2] ?? 'http://127.0.0.1:4060';
await p.goto(base+'/logga-in'); await p.getByRole('button',{name:'Enhetschef',exact:true}).first().click(); await p.waitForLoadState();
if (process.argv[3]==='new') {
await p.goto(base+'/egenkontroll/ny');
await p.getByLabel('Kontrollmål').fill('Läkemedelsskåp varje vecka');
await p.locator('select[name="form[when][rhythm]"], select').first();
const html = await p.content(); 
const sel = p.locator('select').filter({hasText:'Varje vecka'}).first();
if (await sel.count()) await sel.selectOption({label:'Varje vecka'}); else console.log('no select', await p.locator('select').count());
await p.getByRole('button',{name:/Spara|Lägg till/}).first().click(); await p.waitForURL(u=>!u.pathname.endsWith('ny'),{timeout:8000}).catch(()=>{}); await p.screenshot({path:'/tmp/dL/form.png',fullPage:true}); console.log(p.url());
}
for (const [n,u] of [['grid','/egenkontroll'],['hjul','/arshjul'],['man','/arshjul?vy=manader'],['nov','/arshjul?zoom=11'],['atg','/atgarder'],['lista','/egenkontroll?vy=lista']]) {
  await p.goto(base+u); await p.waitForTimeout(700); await p.screenshot({path:`/tmp/dL/${n}.png`, fullPage:n!=='hjul'});
}
await b.close();
