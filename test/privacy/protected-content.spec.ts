import { afterEach, describe, expect, it } from 'vitest';
import { EphemeralMessages } from '../../src/agents/ephemeral-messages.js';
import { html } from '../../src/index.js';
import { BOT_API_SCHEMA } from '../../packages/telegram-bot-api-emulator/src/conformance/bot-api-schema.js';
import { AdminChat } from '../../src/chat/admin-chat.js';
import { ContentProtector } from '../../src/chat/content-protector.js';
import { SystemClock } from '../../src/common/system-clock.js';
import { MemoryDeskStorage } from '../../src/storage/memory/memory-desk-storage.js';
import { COMMAND_DESKS, CommandDesk } from '../agents/command-desk.js';
import { samplesOf } from '../media/media-desk.js';

const POSTS = /^(?:send|copy|forward)/;

describe.each(COMMAND_DESKS)('With protectContent, data in %s and %s,', (...place) => {
  let commands: CommandDesk;
  afterEach(() => commands.stop());

  it('everything is protected that the desk posts', async () => {
    commands = await CommandDesk.start(place, {
      options: { privacy: { protectContent: true } },
    });
    const { desk, ada } = commands;
    const notice = await commands.open();
    await commands.answerTo(commands.write(notice, '/help'));
    await desk.telegram.notifyUserMessage({
      threadId: 't1',
      text: 'Files',
      attachments: samplesOf('photo', 'photo', 'document', 'voice', 'audio', 'video'),
    });
    await desk.chat.waitForMessage(({ video }) => video !== undefined, 20_000);
    await desk.telegram.sendMessage('To all');
    await desk.telegram.api.call('copyMessage', {
      chat_id: desk.chat.id,
      from_chat_id: desk.chat.id,
      message_id: notice.message_id,
    });
    const ephemeral = desk.app.get(EphemeralMessages, { strict: false });
    await ephemeral.tell({ chatId: desk.chat.id, messageId: 0 }, ada.user.id, html`Psst`);
    const posts = desk.calls.filter(
      ({ method }) => POSTS.test(method) && method !== 'sendChatAction',
    );
    expect(new Set(posts.map(({ method }) => method))).toEqual(
      new Set([
        'sendMessage',
        'sendMediaGroup',
        'sendDocument',
        'sendVoice',
        'sendAudio',
        'sendVideo',
        'copyMessage',
      ]),
    );
    expect(posts.filter(({ params }) => String(params['protect_content']) !== 'true')).toEqual([]);
    const own = desk.chat.messages.filter(
      ({ from, text, caption, document }) =>
        from?.is_bot && (text ?? caption ?? document) !== undefined,
    );
    expect(own.filter((message) => message.has_protected_content !== true)).toEqual([]);
  });

  it('what the app sends itself with another wish is as it wants it', async () => {
    commands = await CommandDesk.start(place, {
      options: { privacy: { protectContent: true } },
    });
    const { api } = commands.desk.telegram;
    const { id: chat_id } = commands.desk.chat;
    await api.call('sendMessage', { chat_id, text: 'Open', protect_content: false });
    expect((await commands.shows('Open')).has_protected_content).toBeUndefined();
  });
});

describe('A protector of content', () => {
  it('knows every method that takes the parameter', () => {
    const chat = new AdminChat(1, new MemoryDeskStorage(new SystemClock()));
    const protector = new ContentProtector(chat);
    for (const [method, { optional = {} }] of Object.entries(BOT_API_SCHEMA.methods)) {
      // A story stands in no chat.
      if (/story$/i.test(method)) continue;
      const prepared = protector.prepare(method, { chat_id: 1 });
      expect([method, 'protect_content' in prepared]).toEqual([
        method,
        'protect_content' in optional,
      ]);
    }
  });
});
