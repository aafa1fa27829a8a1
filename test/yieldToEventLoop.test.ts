import { afterEach, expect, test, vi } from 'vitest';
import { yieldToEventLoop } from '../src/yieldToEventLoop.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each(['with setImmediate', 'without it, as in a browser'])(
  'lets a timer that is due run first, %s',
  async (where) => {
    if (where.startsWith('without')) vi.stubGlobal('setImmediate', undefined);
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 0);
    const until = performance.now() + 5;
    while (performance.now() < until);
    for (let turn = 0; turn < 3 && !fired; turn++) await yieldToEventLoop();
    expect(fired).toBe(true);
  },
);
