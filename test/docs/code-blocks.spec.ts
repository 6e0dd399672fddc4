import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../support/run.js';
import { BlockProgram } from './block-program.js';
import { documentationBlocks } from './documentation-pages.js';
import type { CodeBlock } from './markdown-blocks.js';
import { shellProblems } from './shell-commands.js';

/** Blocks of each are looked at in one way or another; those of the others are read by people only. */
const CHECKED = {
  code: ['ts', 'tsx', 'js'],
  json: ['json'],
  shell: ['sh'],
  html: ['html'],
  withTheSite: ['css', 'mermaid', 'yaml'],
};
const READ_ONLY = ['prisma', 'text'];

/** The compiler reads the whole source first, beside other specs. */
const SLOW = 300_000;

const blocks = await documentationBlocks();

describe('The blocks of code in the documentation', () => {
  it(
    'compile as they stand when they are TypeScript or JavaScript',
    () => {
      const code = checked(CHECKED.code);
      const program = new BlockProgram(code);
      expect(code.length).toBeGreaterThan(50);
      expect(code.flatMap((block) => program.problemsOf(block))).toEqual([]);
    },
    SLOW,
  );

  it('are JSON, or lines of an object of it', () => {
    for (const { page, line, code } of checked(CHECKED.json)) {
      const text = /^\s*[{[]/.test(code) ? code : `{${code}}`;
      expect(() => JSON.parse(text), `${page}:${line}`).not.toThrow();
    }
  });

  it('name scripts, commands and flags that there are when they are lines of a shell', async () => {
    const commands = checked(CHECKED.shell);
    expect(commands.length).toBeGreaterThan(3);
    for (const { page, line, code } of commands) {
      expect({ page, line, problems: await shellProblems(code, page) }).toEqual({
        page,
        line,
        problems: [],
      });
    }
  });

  it.each(['chat --group', 'doctor --group', 'doctor telegram', 'setup --mode'])(
    'are not believed when the program of the package does not take them: %s',
    async (line) => {
      const problems = await shellProblems(`npx nestjs-telegram-support ${line}`, 'docs/setup.md');
      expect(problems).toEqual([expect.stringContaining('nestjs-telegram-support')]);
    },
  );

  it('have only attributes that the widget reads when they are HTML', async () => {
    const table = await readFile(join(projectFolder, 'docs/widget.md'), 'utf8');
    const known = new Set([...table.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name));
    for (const { page, line, code } of checked(CHECKED.html)) {
      const tags = [...code.matchAll(/<support-chat\b([^>]*)>/g)];
      const names = tags.flatMap(
        ([, attributes = '']) => attributes.match(/[\w-]+(?==|\s|$)/g) ?? [],
      );
      const unknown = names.filter((name) => !known.has(name));
      expect({ page, line, unknown }).toEqual({ page, line, unknown: [] });
    }
  });

  it('are in a language that is known', () => {
    const languages = new Set([...Object.values(CHECKED).flat(), ...READ_ONLY]);
    expect(blocks.filter(({ language }) => !languages.has(language))).toEqual([]);
  });
});

/** All but those that `npm run docs` compiles, which has the packages that they need. */
function checked(languages: readonly string[]): CodeBlock[] {
  return blocks.filter(({ language, isOfSite }) => languages.includes(language) && !isOfSite);
}
