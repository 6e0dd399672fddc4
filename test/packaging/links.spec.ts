import { describe, expect, it } from 'vitest';
import { pages as pagesOfSite } from '../../docs/.vitepress/pages.js';
import { documentationPages } from '../docs/documentation-pages.js';
import { projectFolder } from '../support/run.js';
import { brokenLinks } from './links.js';

/** Read by whoever opens its package, which ships inside the others. */
const NOT_ON_SITE = new Set(['packages/telegram-entities/README.md']);

describe('The documentation in the repository', () => {
  it('has no link to a file or a heading that is not there', async () => {
    const pages = await documentationPages();
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/chat.md', 'bench/README.md']));
    const broken = await Promise.all(pages.map((page) => brokenLinks(projectFolder, page)));
    expect(broken.flat()).toEqual([]);
  });

  it('has each page in the sidebar of the site', async () => {
    const wanted = (await documentationPages()).filter((page) => !NOT_ON_SITE.has(page));
    expect(pagesOfSite.map(({ file }) => file).toSorted()).toEqual(wanted.toSorted());
  });
});
