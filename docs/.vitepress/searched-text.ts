import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';

/**
 * What the search of the site finds of a page. Of the reference only the names, which are its titles: its members have
 * the words of the guides, and stood before them.
 */
export function searchedText(
  markdown: string,
  env: MarkdownEnv,
  md: Pick<MarkdownRenderer, 'render'>,
): string {
  const isReference = env.relativePath.startsWith('docs/reference/');
  const [title = ''] = /^# .*/m.exec(markdown) ?? [];
  return md.render(isReference ? title : markdown, env);
}
