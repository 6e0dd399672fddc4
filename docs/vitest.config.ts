import { defineConfig } from 'vitest/config';

/** What is tested with the packages of the site, as a part of its build. */
export default defineConfig({
  test: { include: ['test/*.spec.ts'], testTimeout: 300_000 },
});
