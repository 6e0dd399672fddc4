import { defineConfig } from 'vite';

/**
 * Makes one file of all: whoever tests an app loads it in each test file, and Node takes half a
 * millisecond for each of 170 files.
 */
export default defineConfig({
  build: {
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'index.js' },
    outDir: 'dist',
    // The types are there already.
    emptyOutDir: false,
    minify: false,
    target: 'es2023',
    ssr: true,
    reportCompressedSize: false,
  },
  ssr: { noExternal: true },
});
