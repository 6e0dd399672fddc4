import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { siteFileOf } from './pages.js';

/** Any path that does not leave the repository, but for those that begin with a slash, a dot or a protocol. */
const RELATIVE_SOURCE = /\b(src|srcset)="(?![a-z]+:|[./])/g;

/**
 * Lets the links of a page stand as GitHub reads them, by the places of the files in the repository, though the site has
 * some of the pages elsewhere.
 */
export function repositoryLinks(md: MarkdownRenderer): void {
  md.core.ruler.push('repository_links', ({ tokens, env }) => {
    const folder = posix.dirname(sourceOf(env));
    for (const token of tokens) {
      if (token.type === 'html_block') {
        token.content = token.content.replaceAll(RELATIVE_SOURCE, '$1="./');
      }
      for (const child of token.children ?? []) {
        const href = child.attrGet('href');
        if (child.type === 'code_inline') child.attrSet('v-pre', ''); // {{…}} is a placeholder of ours, not of Vue's
        if (child.type === 'link_open' && href) child.attrSet('href', siteLink(folder, href));
      }
    }
  });
}

/** The path of a page in the repository. What the search indexes has no `realPath`, and `path` is that of the file then. */
function sourceOf({
  path,
  realPath = path,
}: {
  readonly path: string;
  readonly realPath?: string;
}): string {
  return posix.relative(posix.resolve(import.meta.dirname, '../..'), realPath);
}

function siteLink(folder: string, href: string): string {
  const [, path = '', anchor = ''] = /^([^#]*)(#.*)?$/.exec(href) ?? [];
  if (!path.endsWith('.md') || /^\w+:/.test(path)) return href;
  return `/${siteFileOf(posix.join(folder, path))}${anchor}`;
}
