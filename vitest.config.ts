import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // These need a browser; see tests/ui/vitest.config.ts.
    exclude: ['tests/ui/**'],
    pool: 'forks',
    // Two cores are what a small machine or a CI runner has; more workers only make the timing of the others worse.
    maxWorkers: 2,
    // Modules are loaded once for all files of a worker, which takes a third less time; no file leaves anything behind in them.
    isolate: false,
    // On a busy machine things take longer than the second that polls have by themselves.
    expect: { poll: { interval: 25, timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The JSON summary is for `.ci/run`, which counts.
    reporters: ['default', ['json', { outputFile: 'coverage/vitest.json' }]],
  },
});
