import { parse } from 'postcss';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { documentationBlocks } from '../../test/docs/documentation-pages.js';

const blocks = await documentationBlocks();
const of = (wanted: string) => blocks.filter(({ language }) => language === wanted);

describe('The blocks of the documentation', () => {
  it.each(of('yaml'))('are YAML: $page, line $line', ({ code }) => {
    const { errors, warnings } = parseDocument(code);
    expect([...errors, ...warnings]).toEqual([]);
  });

  it.each(of('css'))('are CSS: $page, line $line', ({ code }) => {
    expect(parse(code).nodes.length).toBeGreaterThan(0);
  });
});
