import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // Examples import the package by its name, as users do; under test that is this source.
  resolve: {
    alias: [
      { find: /^millrace$/, replacement: source('src/index.ts') },
      { find: /^millrace\/testing$/, replacement: source('src/streams/testing.ts') },
      { find: /^millrace\/(streams|model|tui)$/, replacement: source('src/$1/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/globalSetup.ts'],
    setupFiles: ['test/setup.ts'],
    // Ink draws nothing until it unmounts where CI is set; the screen tests want frames.
    env: { CI: 'false' },
    testTimeout: 60_000,
    // Half of the time other processes start or something is waited for: four files at a time on two cores take 193 s, two 250 s.
    maxWorkers: 4,
  },
});
