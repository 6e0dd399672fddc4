import { defineConfig } from 'vite';

/** `--mode script` makes the file for a script tag, any other mode the module for bundlers. */
export default defineConfig(({ mode }) => ({
  // The words of each language are files beside the script.
  publicDir: 'words',
  build: {
    lib:
      mode === 'script'
        ? {
            entry: 'script.ts',
            name: 'SupportChat',
            formats: ['iife'],
            fileName: () => 'support-chat.js',
          }
        : { entry: 'index.ts', formats: ['es'], fileName: () => 'index.js' },
    outDir: '../../../dist/chat-widget/widget',
    emptyOutDir: false,
    minify: mode === 'script',
    target: 'es2022',
    reportCompressedSize: true,
  },
}));
