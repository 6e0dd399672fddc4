import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface JsonObject {
  readonly [key: string]: unknown;
}

/** An object anywhere inside a fixture: `at` says where, `key` is the field that holds it. */
interface Found {
  readonly at: string;
  readonly key: string;
  readonly value: JsonObject;
}

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const folder = fileURLToPath(new URL('fixtures/updates', import.meta.url));
const fixtures = readdirSync(folder)
  .toSorted()
  .map((file) => ({ file, update: read(join(folder, file)) }));
const objects = fixtures.flatMap(({ file, update }) => [...walk(file, '', update)]);

const messageFields = new Set([
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'business_message',
  'edited_business_message',
  'reply_to_message',
  'pinned_message',
]);
const messages = objects.filter(({ key }) => messageFields.has(key));
/** Messages that the bot can still read; of a deleted one Telegram only shows chat and id. */
const accessible = messages.filter(({ value }) => value['date'] !== 0);

const contentFields = new Set(
  `text rich_message animation audio document live_photo paid_media photo sticker story video
   video_note voice contact dice game poll venue location checklist new_chat_members
   left_chat_member new_chat_title new_chat_photo pinned_message migrate_to_chat_id
   migrate_from_chat_id message_auto_delete_timer_changed boost_added forum_topic_created
   forum_topic_edited forum_topic_closed forum_topic_reopened general_forum_topic_hidden
   general_forum_topic_unhidden video_chat_started video_chat_ended`.split(/\s+/),
);
/** Content that Telegram accompanies by an older field, for bots that do not know the newer one. */
const accompanied: Readonly<Record<string, string>> = {
  animation: 'document',
  live_photo: 'photo',
  venue: 'location',
};

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read(path: string): JsonObject {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isObject(value)) {
    throw new TypeError(`${basename(path)} is not a JSON object`);
  }
  return value;
}

function* walk(at: string, key: string, value: unknown): Generator<Found> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* walk(`${at}[${index}]`, key, item);
    }
  } else if (isObject(value)) {
    yield { at, key, value };
    for (const [name, inner] of Object.entries(value)) {
      yield* walk(`${at}.${name}`, name, inner);
    }
  }
}

function field(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isInteger(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

function codePoints(text: string): number {
  return Array.from(text).length;
}

/** Where the rule does not hold, so that a failure names the files. */
function offenders(found: readonly Found[], rule: (value: JsonObject) => boolean): string[] {
  return found.filter(({ value }) => !rule(value)).map(({ at }) => at);
}

/** The TypeScript source of a JSON value. */
function source(value: unknown, key = ''): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => source(item)).join(',\n')}]`;
  }
  if (!isObject(value)) {
    return value === undefined ? 'undefined' : JSON.stringify(value);
  }
  // The types say that a replied message has no reply of its own by a field that must be there and
  // be undefined, which JSON cannot express. A real nested reply stays and is rejected.
  const complete = key === 'reply_to_message' ? { reply_to_message: undefined, ...value } : value;
  const lines = Object.entries(complete).map(
    ([name, inner]) => `${JSON.stringify(name)}: ${source(inner, name)}`,
  );
  return `{\n${lines.join(',\n')}\n}`;
}

function compile(directory: string): Promise<{ code: unknown; output: string }> {
  const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, '-p', directory, '--pretty', 'false'],
      { cwd: directory, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({
          code: error === null ? 0 : (error.code ?? error.signal),
          output: stdout + stderr,
        });
      },
    );
  });
}

function camelCase(file: string): string {
  return basename(file, '.json').replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** What is wrong with the entities of one text, by UTF-16 offsets as Telegram counts them. */
function entityProblems(text: string, entities: readonly unknown[]): string[] {
  const problems: string[] = [];
  const open: number[] = [];
  let previous = { offset: 0, length: Number.POSITIVE_INFINITY };
  for (const entity of entities) {
    const offset = field(entity, 'offset');
    const length = field(entity, 'length');
    const type = field(entity, 'type');
    if (!isInteger(offset, 0) || !isInteger(length, 1) || offset + length > text.length) {
      problems.push(`${String(type)} lies outside of the text`);
      continue;
    }
    const end = offset + length;
    if (!text.slice(0, offset).isWellFormed() || !text.slice(0, end).isWellFormed()) {
      problems.push(`${String(type)} cuts a character in two`);
    }
    if (offset < previous.offset || (offset === previous.offset && length > previous.length)) {
      problems.push(`${String(type)} is out of order`);
    }
    while (open.length > 0 && (open.at(-1) ?? 0) <= offset) {
      open.pop();
    }
    if (end > (open.at(-1) ?? end)) {
      problems.push(`${String(type)} overlaps another entity without lying inside it`);
    }
    const sign =
      type === 'bot_command' ? '/' : type === 'mention' ? '@' : type === 'hashtag' ? '#' : '';
    if (!text.startsWith(sign, offset)) {
      problems.push(`${String(type)} does not start at its ${sign}`);
    }
    open.push(end);
    previous = { offset, length };
  }
  return problems;
}

describe('the update fixtures', () => {
  it('are at least sixty files with kebab-case names', () => {
    const names = fixtures.map(({ file }) => file);

    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.json$/.test(name))).toEqual([]);
  });

  it('are plain ASCII, with every other character escaped as Telegram does', () => {
    const names = fixtures.map(({ file }) => file);

    expect(
      names.filter((name) => /[^\n\x20-\x7e]/.test(readFileSync(join(folder, name), 'utf8'))),
    ).toEqual([]);
  });

  it('have one update id each', () => {
    const ids = fixtures.map(({ update }) => update['update_id']);

    expect(ids.filter((id) => !isInteger(id, 870_000_001))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carry exactly one kind of update each', () => {
    const kinds = fixtures.map(({ file, update }) => [file, Object.keys(update).length]);

    expect(kinds.filter(([, fields]) => fields !== 2)).toEqual([]);
  });

  it('follow the Bot API types, with no field that the types do not know', async () => {
    const cache = join(projectRoot, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    const directory = mkdtempSync(join(cache, 'update-fixtures-'));
    try {
      // One module per fixture, so that the compiler names the fixture it complains about.
      const files = fixtures.map(({ file, update }) => {
        const name = `${basename(file, '.json')}.mts`;
        const code = `import type { Update } from '@grammyjs/types';\n\nexport const ${camelCase(file)}: Update = ${source(update)};\n`;
        writeFileSync(join(directory, name), code);
        return name;
      });
      const compilerOptions = {
        noEmit: true,
        strict: true,
        skipLibCheck: true,
        module: 'nodenext',
        moduleResolution: 'nodenext',
        target: 'es2023',
        types: [],
      };
      writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));

      const { code, output } = await compile(directory);

      expect({ code, output }).toEqual({ code: 0, output: '' });
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

describe('the messages in the update fixtures', () => {
  it('have an integer id, a date in 2026 and a chat', () => {
    const year = { from: Date.UTC(2026) / 1000, to: Date.UTC(2027) / 1000 };
    const wrong = offenders(
      messages,
      ({ message_id: id, date, chat }) =>
        isInteger(id, 1) &&
        (date === 0 || (isInteger(date, year.from) && date < year.to)) &&
        isInteger(field(chat, 'id'), Number.MIN_SAFE_INTEGER),
    );

    expect(wrong).toEqual([]);
  });

  it('have chat ids in the range of the type of the chat', () => {
    const chats = objects.filter(({ key }) => ['chat', 'sender_chat', 'actor_chat'].includes(key));
    const wrong = offenders(chats, ({ id, type }) => {
      if (typeof id !== 'number') {
        return false;
      }
      if (type === 'private') {
        return id > 0;
      }
      const wide = id < -1_000_000_000_000;
      return id < 0 && wide === (type === 'supergroup' || type === 'channel');
    });

    expect(chats.length).toBeGreaterThan(fixtures.length);
    expect(wrong).toEqual([]);
  });

  it('have a sender, and only a chat behind a stand-in for it', () => {
    const standIns = new Set<unknown>([1087968824, 136817688, 777000]);
    const outsideChannels = accessible.filter(
      ({ value }) => field(value['chat'], 'type') !== 'channel',
    );
    const wrong = offenders(outsideChannels, ({ from, sender_chat: behind }) => {
      const id = field(from, 'id');
      return isInteger(id, 1) && standIns.has(id) === (behind !== undefined);
    });

    expect(wrong).toEqual([]);
  });

  it('have exactly one content', () => {
    const wrong = offenders(accessible, (message) => {
      const present = Object.keys(message).filter((name) => contentFields.has(name));
      const companions = new Set(present.map((name) => accompanied[name]));
      return present.filter((name) => !companions.has(name)).length === 1;
    });

    expect(wrong).toEqual([]);
  });

  it('stay within the lengths that Telegram allows, in code points', () => {
    const wrong = offenders(accessible, ({ text = 'x', caption = 'x' }) => {
      if (typeof text !== 'string' || typeof caption !== 'string') {
        return false;
      }
      const blank = text.trim() === '' || caption.trim() === '';
      return !blank && codePoints(text) <= 4096 && codePoints(caption) <= 1024;
    });

    expect(wrong).toEqual([]);
  });

  it('have entities that lie within their text, in order, nested or apart', () => {
    const wrong: string[] = [];
    let seen = 0;
    for (const { at, value } of objects) {
      for (const [name, entities] of Object.entries(value)) {
        if (/(^|_)entities$/.test(name) && Array.isArray(entities)) {
          const text = value[name === 'entities' ? 'text' : name.replace(/_entities$/, '')];
          const problems =
            typeof text === 'string' ? entityProblems(text, entities) : ['there is no text'];
          wrong.push(...problems.map((problem) => `${at}.${name}: ${problem}`));
          seen += entities.length;
        }
      }
    }

    expect(seen).toBeGreaterThan(fixtures.length);
    expect(wrong).toEqual([]);
  });

  it('are edited after they were sent', () => {
    const edited = accessible.filter(({ key }) => key.startsWith('edited_'));
    const wrong = offenders(
      edited,
      ({ date, edit_date: later }) => isInteger(date, 1) && isInteger(later, date + 1),
    );

    expect(edited.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it('share an album id with the other items, one of which has the caption', () => {
    const items = accessible.filter(({ value }) => value['media_group_id'] !== undefined);
    const albums = new Set(items.map(({ value }) => value['media_group_id']));
    const sizes = [...albums].map((id) => {
      const album = items.filter(({ value }) => value['media_group_id'] === id);
      const captions = album.filter(({ value }) => value['caption'] !== undefined).length;
      return { several: album.length >= 2, captions };
    });

    expect(sizes).toEqual([{ several: true, captions: 1 }]);
  });
});

describe('the replies in the update fixtures', () => {
  const replies = accessible.filter(({ value }) => value['reply_to_message'] !== undefined);

  it('embed the replied message without a reply of its own', () => {
    const embedded = messages.filter(({ key }) => /^(reply_to|pinned)_message$/.test(key));

    expect(embedded.length).toBeGreaterThanOrEqual(60);
    expect(offenders(embedded, (value) => !('reply_to_message' in value))).toEqual([]);
  });

  it('answer an earlier message of the same chat', () => {
    const wrong = offenders(replies, (reply) => {
      const original = reply['reply_to_message'];
      const [id, date] = [field(original, 'message_id'), field(original, 'date')];
      return (
        field(field(original, 'chat'), 'id') === field(reply['chat'], 'id') &&
        isInteger(id, 1) &&
        isInteger(reply['message_id'], id + 1) &&
        isInteger(date, 1) &&
        isInteger(reply['date'], date)
      );
    });

    expect(wrong).toEqual([]);
  });

  it('carry the hidden thread link of the notice that they answer', () => {
    const notices = replies
      .map(({ at, value }) => ({ at, original: value['reply_to_message'] }))
      .filter(({ original }) => String(field(original, 'text')).startsWith('\u200b'));
    const wrong = notices.filter(({ original }) => {
      const entities = field(original, 'entities');
      const link: unknown = Array.isArray(entities) ? entities[0] : undefined;
      return (
        field(link, 'type') !== 'text_link' ||
        field(link, 'offset') !== 0 ||
        field(link, 'length') !== 1 ||
        field(link, 'url') !== 'tg://thread?r=PLACEHOLDER'
      );
    });

    expect(notices.length).toBeGreaterThanOrEqual(50);
    expect(wrong).toEqual([]);
  });

  it('quote what the replied message says', () => {
    const quoting = replies.filter(({ value }) => value['quote'] !== undefined);
    const wrong = offenders(quoting, (reply) => {
      const text = field(reply['reply_to_message'], 'text');
      const quote = field(reply['quote'], 'text');
      const position = field(reply['quote'], 'position');
      return (
        typeof text === 'string' &&
        typeof quote === 'string' &&
        isInteger(position, 0) &&
        text.startsWith(quote, position)
      );
    });

    expect(quoting.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it('do not embed the message that they answer in another chat or topic', () => {
    const external = accessible.filter(({ value }) => value['external_reply'] !== undefined);

    expect(external.length).toBeGreaterThan(0);
    expect(offenders(external, (value) => !('reply_to_message' in value))).toEqual([]);
  });
});

describe('the forum messages in the update fixtures', () => {
  const inTopics = accessible.filter(({ value }) => value['is_topic_message'] !== undefined);

  it('are marked as topic messages only in a forum, together with the topic', () => {
    const wrong = offenders(
      inTopics,
      (message) =>
        message['is_topic_message'] === true &&
        field(message['chat'], 'is_forum') === true &&
        isInteger(message['message_thread_id'], 2),
    );

    expect(inTopics.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it('have no thread id in General, and none outside of supergroups', () => {
    const others = accessible.filter(({ value }) => value['is_topic_message'] === undefined);
    const wrong = offenders(others, ({ chat, message_thread_id: thread }) => {
      const threaded = field(chat, 'type') === 'supergroup' && field(chat, 'is_forum') !== true;
      return thread === undefined || threaded;
    });

    expect(wrong).toEqual([]);
  });

  it('start a topic by a message whose id is the id of the topic', () => {
    const roots = inTopics.filter(({ value }) => value['forum_topic_created'] !== undefined);
    const wrong = offenders(
      roots,
      ({ message_id: id, message_thread_id: thread }) => id === thread,
    );

    expect(roots.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it('stay in the topic of the message that they reply to, which is its root if no other', () => {
    const received = inTopics.filter(
      ({ key, value }) =>
        !/^(reply_to|pinned)_message$/.test(key) &&
        value['forum_topic_created'] === undefined &&
        value['external_reply'] === undefined,
    );
    const wrong = offenders(
      received,
      (message) =>
        field(message['reply_to_message'], 'message_thread_id') === message['message_thread_id'],
    );

    expect(received.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });
});
