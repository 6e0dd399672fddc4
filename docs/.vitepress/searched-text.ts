import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';

/**
 * What the search of the site finds of a page. Of the reference only the names, of a type and of its members: their
 * descriptions have the words of the guides, and stood before them.
 */
export function searchedText(
  markdown: string,
  env: MarkdownEnv,
  md: Pick<MarkdownRenderer, 'render'>,
): string {
  const isReference = env.relativePath.startsWith('docs/reference/');
  return md.render(isReference ? namesIn(markdown) : markdown, env);
}

/** The title, and below it the names of the members as a text, which counts less than the headings of guides. */
function namesIn(markdown: string): string {
  const [title = ''] = /^# .*/m.exec(markdown) ?? [];
  const members = [...markdown.matchAll(/^### (.*)$/gm)].map(([, name]) => name);
  return `${title}\n\n${members.join(', ')}`;
}
