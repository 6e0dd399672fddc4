import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { projectFolder } from '../support/run.js';

const SOURCES = join(projectFolder, 'test/drills/app');
const BUILT = join(projectFolder, 'test/drills/dist/app');

/** The app of the drills, as {@link buildDrillProgram} has built it. */
export const DRILL_PROGRAM = join(BUILT, 'main.js');

/** Loaded before the app, gives it a clock that can be wrong. */
export const SHIFTED_CLOCK_URL = pathToFileURL(join(BUILT, 'shifted.clock.js')).href;

/** What Nest looks for and goes without. */
const OPTIONAL = [/^@nestjs\/(microservices|websockets)/, 'class-transformer'];

/**
 * Makes one program of the app in `app/`, the built package, which is found by its own name, and all that
 * they import: it starts in less than half the time, and drills start some tens of them.
 */
export async function buildDrillProgram(): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectFolder,
    oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: BUILT,
      rolldownOptions: {
        input: {
          main: join(SOURCES, 'main.ts'),
          'shifted.clock': join(SOURCES, 'shifted.clock.ts'),
        },
        external: OPTIONAL,
      },
    },
  });
}
