import { fileURLToPath } from 'node:url';

/** The path of something in the folder of the example, which is above that of the built program. */
export function pathOf(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}
