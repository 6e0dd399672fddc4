/** A block of code of a page. */
export interface CodeBlock {
  /** The path of the page in the repository. */
  readonly page: string;
  /** Where its code begins, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** Whether it needs a package that only the site installs, and so is compiled with the site. */
  readonly isOfSite: boolean;
}

const FENCE = /^( *)```(\w*)\s*$/;

/** On a line of its own before the block. */
const OF_SITE = '<!-- compiled with the site -->';

/** The fenced blocks of a page, in their order. */
export function codeBlocksOf(page: string, markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly indent: number; readonly language: string; readonly line: number } | null =
    null;
  let code: string[] = [];
  let isOfSite = false;
  for (const [index, text] of markdown.split('\n').entries()) {
    const fence = FENCE.exec(text);
    if (open && fence) {
      const { line, language } = open;
      blocks.push({ page, line, language, code: `${code.join('\n')}\n`, isOfSite });
      [open, code, isOfSite] = [null, [], false];
    } else if (open) {
      code.push(text.slice(open.indent));
    } else if (fence) {
      const [, indent = '', language = ''] = fence;
      open = { indent: indent.length, language, line: index + 2 };
    } else if (text.trim() !== '') {
      isOfSite = text === OF_SITE;
    }
  }
  return blocks;
}
