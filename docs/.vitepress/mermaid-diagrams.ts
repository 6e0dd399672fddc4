import type { MarkdownRenderer } from 'vitepress';

/** Shows blocks of the language `mermaid` as the diagrams that they describe. */
export function mermaidDiagrams(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (token?.info.trim() !== 'mermaid') return fence?.(tokens, index, options, env, self) ?? '';
    return `<MermaidDiagram code="${encodeURIComponent(token.content)}" />`;
  };
}
