import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../support/run.js';
import { codeBlocksOf, type CodeBlock } from './markdown-blocks.js';

/** Not written by people, or not pages. */
const LEFT_OUT = new Set(['node_modules', '.vitepress', 'api', 'dist', 'images', 'src', 'test']);

/** The paths of all pages of Markdown in the repository, but for those that are made of types. */
export async function documentationPages(): Promise<string[]> {
  const root = (await readdir(projectFolder)).filter((name) => name.endsWith('.md'));
  const folders = await Promise.all(['bench', 'docs', 'packages'].map(pagesBelow));
  return [...root, ...folders.flat()].toSorted();
}

/** The blocks of code of all pages. */
export async function documentationBlocks(): Promise<CodeBlock[]> {
  const blocks = (await documentationPages()).map(async (page) =>
    codeBlocksOf(page, await readFile(join(projectFolder, page), 'utf8')),
  );
  return (await Promise.all(blocks)).flat();
}

async function pagesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(join(projectFolder, folder), { withFileTypes: true });
  const pages = entries.map(async (entry) => {
    const path = `${folder}/${entry.name}`;
    if (LEFT_OUT.has(entry.name)) return [];
    if (entry.isDirectory()) return pagesBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
  return (await Promise.all(pages)).flat();
}
