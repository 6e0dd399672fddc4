import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BlockProgram } from '../../test/docs/block-program.js';
import { documentationBlocks } from '../../test/docs/documentation-pages.js';

describe('The blocks of code that need packages of the site', () => {
  it('compile as they stand', async () => {
    const blocks = (await documentationBlocks()).filter(({ isOfSite }) => isOfSite);
    const program = new BlockProgram(blocks, join(import.meta.dirname, 'pages'));
    expect(blocks.length).toBeGreaterThan(0);
    expect(blocks.flatMap((block) => program.problemsOf(block))).toEqual([]);
  });
});
