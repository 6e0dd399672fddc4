import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  // The packages of the workspace are tested as they stand, without a build.
  resolve: { tsconfigPaths: true },
  test: {
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,packages}/**/*.spec.ts'],
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/**/*.spec.ts'],
          exclude: ['test/drills/**'],
          globalSetup: ['test/support/global-setup.ts'],
          isolate: false,
          // They mostly wait, so that some more than there are cores run side by side.
          maxWorkers: 5,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'drills',
          include: ['test/drills/**/*.spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          // They measure times and load the machine, so they come after all others, one by one.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
