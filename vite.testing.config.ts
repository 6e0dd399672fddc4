import { readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig } from 'vite';

const source = resolve('src');
const emulator = resolve(source, 'testing');
const output = 'dist/testing';

/**
 * Makes one file of the emulator, after the compiler has made many: whoever tests an app loads it in
 * each test file, and Node takes half a millisecond for each of 170 files. What lies outside of the
 * emulator stays where it is, so that it is the same as the module's own.
 */
export default defineConfig({
  build: {
    lib: { entry: resolve(emulator, 'index.ts'), formats: ['es'], fileName: () => 'index.js' },
    outDir: output,
    emptyOutDir: false,
    minify: false,
    target: 'es2023',
    ssr: true,
    reportCompressedSize: false,
  },
  plugins: [
    {
      name: 'leave-the-module-outside',
      enforce: 'pre',
      resolveId(id, importer) {
        if (!importer || !id.startsWith('.')) return null;
        const file = resolve(dirname(importer), id);
        if (file.startsWith(emulator)) return null;
        return { id: relative(emulator, file), external: true };
      },
      writeBundle() {
        for (const name of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
          if (name.endsWith('.js') && name !== 'index.js') rmSync(join(output, name));
        }
      },
    },
  ],
});
