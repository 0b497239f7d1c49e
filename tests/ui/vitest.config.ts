import { defineConfig } from 'vitest/config';

/** The page in a real browser: `make test-ui`. Everything else neither needs nor finds one. */
export default defineConfig({
  test: {
    include: ['tests/ui/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A journey is told in steps, each of which needs the one before.
    bail: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', ['json', { outputFile: 'coverage/ui.json' }]],
  },
});
