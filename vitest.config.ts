import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // These need a browser; see tests/ui/vitest.config.ts.
    exclude: ['tests/ui/**'],
    pool: 'forks',
    // Two cores are what a small machine or a CI runner has; more workers only make the timing of the others worse.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The JSON summary is for `.ci/run`, which counts.
    reporters: ['default', ['json', { outputFile: 'coverage/vitest.json' }]],
  },
});
