import type { Block } from './thread.order.js';

/** What one notice in the admin chat shows. */
export interface NoticeBlock extends Block {
  readonly threadId: string;
  /** The forum topic that it stands in. */
  readonly topicId?: number | undefined;
  /** Whether it says that it may have been posted before. */
  readonly isMarked: boolean;
}

/** Reads a notice as the template of the drills writes it: a process, then messages such as `t07 m012`. */
export function readNotice(text: string): NoticeBlock {
  const lines = text.replaceAll('\u200b', '').split(/\n+/);
  const isMarked = lines[0]?.startsWith('(sent again') ?? false;
  const [instance = '', ...messages] = isMarked ? lines.slice(1) : lines;
  const shown = messages.map((line) => /^(t\d+) m(\d+)$/.exec(line));
  const threadId = shown[0]?.[1];
  if (threadId === undefined || shown.some((match) => match?.[1] !== threadId)) {
    throw new Error(`This is no notice of one thread: ${JSON.stringify(text)}`);
  }
  return { instance, isMarked, threadId, numbers: shown.map((match) => Number(match?.[2])) };
}
