import type { MessageEntity } from '@grammyjs/types';

/** A part of a text: of an entity, or plain. */
export interface TextNode {
  /** Undefined of plain text and of the whole. */
  readonly entity?: MessageEntity | undefined;
  readonly start: number;
  readonly end: number;
  /** Parts that are formatted further; between them the text is plain. */
  readonly children: readonly TextNode[];
}

/**
 * Nests the entities of a text. Those that reach out of the one they begin in, or of the text, are cut
 * off there, so that any entities make a tree.
 */
export function nestEntities(text: string, entities: readonly MessageEntity[]): TextNode {
  const sorted = entities
    .map((entity) => ({ entity, start: entity.offset, end: entity.offset + entity.length }))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  return { start: 0, end: text.length, children: takeChildren(sorted, 0, text.length) };
}

interface Span {
  readonly entity: MessageEntity;
  readonly start: number;
  readonly end: number;
}

function takeChildren(spans: Span[], from: number, limit: number): TextNode[] {
  const children: TextNode[] = [];
  let position = from;
  for (let next = spans[0]; next && next.start < limit; next = spans[0]) {
    spans.shift();
    const start = Math.max(position, next.start);
    const end = Math.min(limit, next.end);
    if (!(end > start)) continue;
    children.push({ entity: next.entity, start, end, children: takeChildren(spans, start, end) });
    position = end;
  }
  return children;
}
