import { access, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentationPages } from '../docs/documentation-pages.js';
import { projectFolder } from '../support/run.js';

const MAX_BYTES = 200_000;

/** Of Markdown and of HTML in it. */
const PICTURE = /(?:\]\(|src(?:set)?=")((?!https?:)[^)"]*\.png)/g;

describe('The pictures of the documentation', () => {
  it('are all there', async () => {
    const used = (await documentationPages()).map(async (page) => {
      const text = await readFile(join(projectFolder, page), 'utf8');
      return [...text.matchAll(PICTURE)].map(([, path]) => join(page, '..', String(path)));
    });
    const paths = (await Promise.all(used)).flat();
    expect(paths).not.toEqual([]);
    await Promise.all(paths.map((path) => access(join(projectFolder, path))));
  });

  it('are small', async () => {
    for (const name of await readdir(join(projectFolder, 'docs/images'))) {
      const picture = await readFile(join(projectFolder, 'docs/images', name));
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
      expect(picture.length).toBeLessThan(MAX_BYTES);
    }
  });
});
