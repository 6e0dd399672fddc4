import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentationBlocks } from '../../test/docs/documentation-pages.js';

const blocks = await documentationBlocks();
const diagrams = blocks.filter(({ language }) => language === 'mermaid');

describe('The diagrams of the documentation', () => {
  beforeAll(() => {
    // Mermaid cleans labels with a library that looks for a page when it is loaded.
    Object.assign(globalThis, { window: new JSDOM('').window });
  });

  it.each(diagrams)('can be drawn: $page, line $line', async ({ code }) => {
    const { default: mermaid } = await import('mermaid');
    await expect(mermaid.parse(code)).resolves.toHaveProperty('diagramType');
  });
});
