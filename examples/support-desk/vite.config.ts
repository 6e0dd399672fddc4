import { defineConfig } from 'vite';

/** Makes one program of the example. The packages that it uses are found as a user's app finds them: built, by name. */
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  build: {
    ssr: 'main.ts',
    target: 'node20',
    minify: false,
    rolldownOptions: { external: /^nestjs-telegram-support/ },
  },
});
