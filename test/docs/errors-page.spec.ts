import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ChatErrorCode } from '../../src/chat-widget/index.js';
import * as library from '../../src/index.js';
import type {
  FileNotSentNotice,
  NoHistoryReason,
  NotAReplyReason,
  NotDeletedReason,
  NotifyResult,
  TelegramErrorCode,
  TelegramFileProblem,
  TopicsUnavailableNotice,
} from '../../src/index.js';
import { projectFolder } from '../support/run.js';

type Refusal = Extract<NotifyResult, { readonly accepted: false }>['reason'];

/** Does not compile while one is missing. */
const CODES: Readonly<Record<TelegramErrorCode, true>> = {
  TELEGRAM_CONFIG: true,
  TELEGRAM_ARGUMENT: true,
  BOT_API: true,
  BOT_API_RATE_LIMIT: true,
  BOT_API_TRANSPORT: true,
  THREAD_MAPPING: true,
  TELEGRAM_FILE: true,
};
const REFUSALS: Readonly<Record<Refusal, true>> = { disabled: true, unavailable: true };
const FILE_PROBLEMS: Readonly<Record<TelegramFileProblem | FileNotSentNotice['cause'], true>> = {
  too_big: true,
  gone: true,
  unavailable: true,
  missing: true,
};
const NO_REPLY: Readonly<Record<NotAReplyReason, true>> = {
  plain: true,
  ambiguous: true,
  unknown: true,
  command: true,
  comment: true,
  channel: true,
  no_thread: true,
  two_threads: true,
  edited_to_note: true,
  edited_deleted: true,
  edited_note: true,
  late_note: true,
  stays_in_telegram: true,
};
const NOT_DELETED: Readonly<Record<NotDeletedReason, true>> = {
  no_target: true,
  notice: true,
  not_own: true,
  no_reply: true,
  no_handler: true,
  deleted_before: true,
  edited: true,
};
const NO_HISTORY: Readonly<Record<NoHistoryReason, true>> = {
  no_thread: true,
  no_method: true,
  no_messages: true,
  failed: true,
};
const NO_TOPICS: Readonly<Record<TopicsUnavailableNotice['reason'], true>> = {
  no_topics: true,
  no_right: true,
};
const OF_THE_CHAT: Readonly<Record<ChatErrorCode, true>> = {
  invalid: true,
  unauthenticated: true,
  forbidden_origin: true,
  forbidden: true,
  not_found: true,
  gone: true,
  too_large: true,
  unsupported_type: true,
  too_many: true,
  unavailable: true,
};

/** The first column of all tables between two headings of the page. */
async function rowsOf(heading: string): Promise<string[]> {
  const page = await readFile(join(projectFolder, 'docs/errors.md'), 'utf8');
  const section = page.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`));
  return [...String(section).matchAll(/^\| `(\w+)`/gm)].map(([, name]) => String(name));
}

describe('The page of errors', () => {
  it('has every exported class of errors, with its code', async () => {
    const page = await readFile(join(projectFolder, 'docs/errors.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+Error)` +\| `(\w+)`/gm)];
    const exported = Object.entries(library).filter(
      ([name, value]) =>
        name !== 'TelegramError' &&
        typeof value === 'function' &&
        value.prototype instanceof library.TelegramError,
    );
    expect(rows.map(([, name]) => String(name)).toSorted()).toEqual(
      exported.map(([name]) => name).toSorted(),
    );
    expect(rows.map(([, , code]) => String(code)).toSorted()).toEqual(
      Object.keys(CODES).toSorted(),
    );
  });

  it.each([
    ['Of a notify method', REFUSALS],
    ['Of a file', FILE_PROBLEMS],
    ['Of messages that reach nobody', { ...NO_REPLY, ...NOT_DELETED, ...NO_HISTORY, ...NO_TOPICS }],
    ['Of the chat', { ...OF_THE_CHAT, offline: true }],
  ])('has a row for each reason %s', async (heading, reasons) => {
    expect([...new Set(await rowsOf(heading))].toSorted()).toEqual(Object.keys(reasons).toSorted());
  });
});
