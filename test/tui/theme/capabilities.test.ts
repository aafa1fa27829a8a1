import { expect, test } from 'vitest';
import { colorLevel, detectCapabilities, type Environment } from '../../../src/tui/theme/capabilities.js';

test.each<[number, Environment]>([
  [3, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }],
  [3, { TERM: 'xterm-kitty' }],
  [2, { TERM: 'xterm-256color' }],
  [2, { TERM: 'tmux-256color', NO_COLOR: '' }],
  [1, { TERM: 'xterm' }],
  [1, { TERM: 'linux' }],
  [0, { TERM: 'vt100' }],
  [0, { TERM: 'dumb', COLORTERM: 'truecolor' }],
  [0, {}],
  [0, { TERM: 'xterm-256color', NO_COLOR: '1' }],
  [1, { TERM: 'xterm-256color', FORCE_COLOR: '1' }],
  [3, { TERM: 'dumb', FORCE_COLOR: '3' }],
  [2, { TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: 'true' }],
  [1, { TERM: 'dumb', FORCE_COLOR: '' }],
  [0, { TERM: 'xterm-256color', COLORTERM: 'truecolor', FORCE_COLOR: '0' }],
])('colour level is %i for %o', (level, environment) => {
  expect(colorLevel(environment)).toBe(level);
});

test.each<[string, Environment]>([
  ['braille', { TERM: 'xterm', LANG: 'en_GB.UTF-8' }],
  ['braille', { TERM: 'xterm', LC_CTYPE: 'C.utf8', LANG: 'C' }],
  ['ascii', { TERM: 'xterm', LC_ALL: 'C', LANG: 'en_GB.UTF-8' }],
  ['ascii', { TERM: 'xterm', LANG: 'de_DE.ISO-8859-1' }],
  ['ascii', { TERM: 'xterm' }],
  ['ascii', { TERM: 'linux', LANG: 'en_GB.UTF-8' }],
])('characters are %s for %o', (glyphs, environment) => {
  expect(detectCapabilities(environment).glyphs).toBe(glyphs);
});
