import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/globalSetup.ts'],
    // Ink draws nothing until it unmounts where CI is set; the screen tests want frames.
    env: { CI: 'false' },
    testTimeout: 20_000,
  },
});
