import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Tests that put something else in the place of a module of Node's: each needs modules that nobody has loaded yet. */
const REPLACE_MODULES = [
  'test/files/flushing.test.ts',
  'test/hostile/modes.test.ts',
  'test/model/simd/lostThread.test.ts',
  'test/tui/dashboardFailure.test.ts',
];

export default defineConfig({
  // React as users have it: its development build keeps and checks more.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  // Examples import the package by its name, as users do; under test that is this source.
  resolve: {
    alias: [
      { find: /^millrace$/, replacement: source('src/exports/index.ts') },
      { find: /^millrace\/(events|streams|model|tui|testing)$/, replacement: source('src/exports/$1.ts') },
    ],
  },
  test: {
    globalSetup: ['test/globalSetup.ts'],
    setupFiles: ['test/setup.ts'],
    // Ink draws nothing until it unmounts where CI is set; the screen tests want frames.
    env: { CI: 'false', NODE_ENV: 'production' },
    testTimeout: 60_000,
    // Files share a process: what one sets in its environment is not the next one's.
    unstubEnvs: true,
    unstubGlobals: true,
    // What has been made of a module is kept on the disk: a tenth of the suite's time.
    experimental: { fsModuleCache: true },
    // One more than cores on a small machine: other processes start, or something is waited for.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'suite',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: REPLACE_MODULES,
          // Files share the modules that they load: loading them anew for each was a sixth of the suite's time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'replaced modules', include: REPLACE_MODULES } },
    ],
  },
});
