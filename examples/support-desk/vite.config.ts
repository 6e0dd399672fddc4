import { defineConfig } from 'vite';

/** Bundles the example with the sources of the packages it uses, so that `npm start` needs no build of those. */
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { tsconfigPaths: true },
  build: { ssr: 'main.ts', target: 'node20', minify: false },
});
