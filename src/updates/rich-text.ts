import { fieldOf } from './json-reader.js';

/** Fields that hold further text of a line, in the order in which it is shown. */
const INLINE_FIELDS = ['text', 'alternative_text', 'expression', 'button', 'credit'];

/** Fields that hold further blocks. */
const BLOCK_FIELDS = ['summary', 'blocks', 'items', 'cells', 'buttons', 'caption'];

/**
 * The text of a rich message, one line for each block. The value must not be nested deeply: see `isShallow`.
 */
export function richText(blocks: unknown): string {
  return linesOf(blocks).join('\n');
}

function linesOf(block: unknown): string[] {
  if (Array.isArray(block)) return block.flatMap((inner) => linesOf(inner));
  if (block === undefined) return [];
  const own = inlineText(block);
  const inner = BLOCK_FIELDS.flatMap((name) => linesOf(fieldOf(block, name)));
  const label = fieldOf(block, 'label');
  if (typeof label === 'string' && inner[0] !== undefined) inner[0] = `${label} ${inner[0]}`;
  return own === '' ? inner : [own, ...inner];
}

function inlineText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((inner) => inlineText(inner)).join('');
  if (value === undefined) return '';
  return INLINE_FIELDS.map((name) => inlineText(fieldOf(value, name))).join('');
}
