import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { SiteConfig } from 'vitepress';

/** Folders of `docs` with files that pages link to, which are no pages themselves. */
const FOLDERS = ['grafana'];

/** Puts these files where the links of the site lead. */
export async function copyLinkedFiles({ root, outDir }: SiteConfig): Promise<void> {
  for (const folder of FOLDERS) {
    await cp(join(root, folder), join(outDir, folder), { recursive: true });
  }
}
