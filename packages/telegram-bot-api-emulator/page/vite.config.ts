import { defineConfig } from 'vite';

/** Builds the page beside the emulator, which serves it: one script, one style sheet. */
export default defineConfig({
  // The page finds its files wherever it is served.
  base: './',
  build: {
    outDir: '../dist/page',
    // The types of the emulator's own folder of this name are there already.
    emptyOutDir: false,
    target: 'es2022',
    // The policy of the page lets nothing be loaded from `data:`.
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { entryFileNames: 'page.js', assetFileNames: 'page.[ext]' },
    },
  },
});
