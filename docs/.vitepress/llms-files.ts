import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { SiteConfig } from 'vitepress';
import { markdownOf, pages, siteFileOf, type Page } from './pages.js';

/** A link of Markdown to a file of the repository. */
const LINK = /(?<=\]\()([^()#\s:]+\.md)(?=[#)])/g;

/**
 * Writes the Markdown of each page beside its HTML, `llms.txt`, a list of these files, and `llms-full.txt`, all of their
 * texts (https://llmstxt.org). All links are relative, so that they hold wherever the site is.
 */
export async function writeLlmsFiles({ outDir, site }: SiteConfig): Promise<void> {
  for (const page of pages) {
    const file = join(outDir, siteFileOf(page.file));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, siteMarkdownOf(page));
  }
  const head = `# ${site.title}\n\n> ${site.description}\n`;
  const lines = pages.map((page, index) => {
    const heading = page.group === pages[index - 1]?.group ? '' : `\n## ${page.group}\n\n`;
    return `${heading}- [${page.title}](${siteFileOf(page.file)}): ${page.about}`;
  });
  const rest = `
## Optional

- [All of these pages in one file](llms-full.txt): for whoever reads everything
- [API](reference/api/index.html): the reference that is made of the types, as HTML
`;
  await writeFile(join(outDir, 'llms.txt'), `${head}${lines.join('\n')}\n${rest}`);

  const texts = pages.map((page) => `<!-- ${page.file} -->\n\n${markdownOf(page)}`);
  await writeFile(join(outDir, 'llms-full.txt'), [head, ...texts].join('\n\n'));
}

/** With links that lead to the files of the site. */
function siteMarkdownOf(page: Page): string {
  const from = posix.dirname(siteFileOf(page.file));
  return markdownOf(page).replaceAll(LINK, (link: string) => {
    const target = posix.join(posix.dirname(page.file), link);
    return posix.relative(from, siteFileOf(target));
  });
}
