import { typeOfHandler } from './handler-name.js';

/** A line for the log. */
export interface LogLine {
  readonly level: 'log' | 'warn';
  readonly text: string;
}

/**
 * Says how the handlers of this process differ from those of the other processes of its desk, so
 * that a deployment that lacks some is noticed.
 *
 * @param lifeMs How long a handler is known after it was published last.
 */
export function compareHandlers(
  own: readonly string[],
  others: readonly string[],
  lifeMs: number,
): LogLine[] {
  if (own.length === 0) return [describeNone(others)];
  const lines: LogLine[] = hasReplyHandler([...own, ...others]) ? [] : [NO_REPLY_HANDLER];
  const missing = others.filter((name) => !own.includes(name));
  const added = own.filter((name) => !others.includes(name));
  if (missing.length > 0) {
    lines.push({
      level: 'warn',
      text: `Other processes of this desk have handlers that this one lacks: ${missing.join(', ')}. A reply or an event counts as handled when these have handled it, too. If a deployment has removed them, that ends ${lifeMs / 1000} s after their last process`,
    });
  }
  if (added.length > 0 && others.length > 0) {
    lines.push({
      level: 'log',
      text: `This process has handlers that no other process of this desk has: ${added.join(', ')}`,
    });
  }
  return lines;
}

/** Whether one of the handlers takes replies. */
export function hasReplyHandler(names: readonly string[]): boolean {
  return names.some((name) => typeOfHandler(name) === 'reply');
}

const NO_REPLY_HANDLER: LogLine = {
  level: 'warn',
  text: 'No method is decorated with @OnThreadReply() in any process of this desk so far: replies wait until a process with one starts',
};

function describeNone(others: readonly string[]): LogLine {
  if (!hasReplyHandler(others)) return NO_REPLY_HANDLER;
  return {
    level: 'log',
    text: `This process has no handlers and handles no replies. Other processes of this desk have: ${others.join(', ')}`,
  };
}
