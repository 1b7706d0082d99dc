import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Unless told, vitest leaves a processor idle: of two, that is half of the machine.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // Thousands of random cases take their time beside other work.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          // Tests wait for conditions; these only end what hangs, on a machine that is busy with other things too.
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          // Against a real Docker engine: npm run test:e2e
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          env: {
            BOOKCTL_TEST_ENGINE: 'compose',
            // Containers take their time: fewer of everything, unless more is asked for.
            BOOKCTL_KILL_ROUNDS: process.env['BOOKCTL_KILL_ROUNDS'] ?? '1',
            BOOKCTL_RACE_CLIENTS: process.env['BOOKCTL_RACE_CLIENTS'] ?? '12',
          },
          testTimeout: 300_000,
          hookTimeout: 600_000,
          // Images are built and containers started in turn: side by side they only wait for each other.
          fileParallelism: false,
        },
      },
    ],
  },
})
