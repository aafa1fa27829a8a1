// docs/WORDS.md has every word of the screens that the other tests have drawn.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SCREENS = new URL('screens/', import.meta.url);
/** A word of its own: not a part of a path, a number or a name, nor cut off. */
const WORD = /(?<![\p{L}\p{N}_./-])[A-Za-z][A-Za-z’']*(?:\/s)?(?![\p{L}\p{N}_.…-])/gu;
/** Curves and pictures are drawn of letters there; the list of alerts is sentences; tags are called as somebody else likes. */
const LEFT_OUT = /ascii|colors|-alerts|^tags-/;
const KERNEL = /[a-z][A-Z]/;

const wordsIn = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(WORD)]
      .map(([word]) => word)
      .filter((word) => !KERNEL.test(word))
      .map((word) => word.toLowerCase()),
  );

const words = readFileSync('docs/WORDS.md', 'utf8');
const dashboard = readFileSync('docs/DASHBOARD.md', 'utf8');
/** What tables of this page explain, and the keys and alerts of the other one. */
const explained = wordsIn(
  [
    ...words.split('\n').flatMap((line) => (line.startsWith('|') ? [line.split('|')[1]!] : [])),
    dashboard.slice(dashboard.indexOf('## Alerts'), dashboard.indexOf('## Watching')),
    dashboard.slice(dashboard.indexOf('## Keys')),
  ].join('\n'),
);

test.each(readdirSync(SCREENS).filter((name) => !LEFT_OUT.test(name)))('every word of %s is explained', (name) => {
  const shown = wordsIn(readFileSync(new URL(name, SCREENS), 'utf8'));
  expect([...shown].filter((word) => !explained.has(word))).toEqual([]);
});
