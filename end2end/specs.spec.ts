// What holds for the specs themselves: each knows which state it is in, and has data of its own.
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const files = readdirSync('.').filter((name) => name.endsWith('.ts') && name !== 'specs.spec.ts');
const lines = files.flatMap((name) => readFileSync(name, 'utf8').split('\n').map((text, n) => ({ where: `${name}:${n + 1}: ${text.trim()}`, text })));
const found = (pattern: RegExp) => lines.filter(({ text }) => pattern.test(text)).map(({ where }) => where);

test('no spec looks whether something is there and goes on either way: it says what it expects', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(found(/\.is(Visible|Hidden|Enabled|Disabled|Checked|Editable)\(\)/)).toEqual([]);
  expect(found(/\b(if|while) \(!?\(?await |\? await .*\.click\(/)).toEqual([]);
});

test('every spec runs on the demo that fixture.ts starts for its file', () => {
  expect(found(/import \{[^}]*\b(test|expect)\b[^}]*\} from '@playwright\/test'/).filter((where) => !where.startsWith('fixture.ts'))).toEqual([]);
  expect(found(/\b(spawn|mkdtemp)\(/).filter((where) => !where.startsWith('fixture.ts'))).toEqual([]);
});

test('no spec leaves a page while what a button sends is on its way: it waits for the answer first', () => {
  const leaves = /^\s*await (\w+\.(goto|reload)|present)\(/;
  const resizes = /^\s*await \w+\.setViewportSize\(/;
  const after = (n: number) => lines.slice(n + 1, n + 3).find(({ text }) => !resizes.test(text))?.text ?? '';
  const faults = lines.filter(({ text }, n) => /getByRole\('button'.*\.click\(\);$/.test(text) && leaves.test(after(n)));
  expect(faults.map(({ where }) => where)).toEqual([]);
});
