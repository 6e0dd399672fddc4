import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A link that does not leave the folder: its path and its anchor, either of which may be missing. */
const LINK = /\]\((?!\w+:)([^)#\s]*)(?:#([^)]+))?\)/g;

/**
 * The links of a page of Markdown that lead to no file, or to no heading of a page. Pictures do not count: a package has none.
 *
 * @param folder Where the paths of pages begin.
 */
export async function brokenLinks(folder: string, page: string): Promise<string[]> {
  const text = withoutCode(await readFile(join(folder, page), 'utf8'));
  const broken: string[] = [];
  for (const [link, path = '', anchor] of text.matchAll(LINK)) {
    if (path.endsWith('.png')) continue;
    const target = join(folder, path ? join(page, '..', path) : page);
    if (!(await leadsTo(target, anchor))) broken.push(`${page}: ${link}`);
  }
  return broken;
}

async function leadsTo(target: string, anchor: string | undefined): Promise<boolean> {
  if (anchor !== undefined) {
    return anchorsOf(await readFile(target, 'utf8').catch(() => '')).includes(anchor);
  }
  return access(target).then(
    () => true,
    () => false,
  );
}

/** Those that GitHub gives to the headings of a page. */
function anchorsOf(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^ *```.*?^ *```$/gms, '');
}
