import { type INestApplicationContext, Injectable, type Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { HandlerRegistry } from '../../src/events/handler-registry.js';
import {
  OnReplyDeleted,
  OnReplyEdited,
  TelegramModule,
  type DeletedReply,
  type EditedReply,
} from '../../src/index.js';
import { LogCapture } from '../support/log-capture.js';
import { ReplyLog } from '../support/reply-log.js';
import { RevisionDesk } from '../support/revision-desk.js';
import { RevisionLog } from '../support/revision-log.js';

const SLOW = { timeout: 20_000 };

/** Takes what becomes of replies, and no replies. */
@Injectable()
class Revisions {
  readonly lines: string[] = [];

  @OnReplyEdited()
  onEdit({ text }: EditedReply): void {
    this.lines.push(`✏ ${text}`);
  }

  @OnReplyDeleted()
  onDeletion({ message }: DeletedReply): void {
    this.lines.push(`🗑 ${message.messageId}`);
  }
}

describe('Edits and deletions, with several processes of one desk,', () => {
  const contexts: INestApplicationContext[] = [];
  let desk: RevisionDesk;
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await desk.desk.stop();
  });

  const ada = () => desk.desk.chat.agent('Ada');

  /** A process without HTTP on the same desk, whose handlers are known to the others. */
  async function startWorker(provider: Provider): Promise<INestApplicationContext> {
    const { emulator, chat } = desk.desk;
    const options = {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
      redis: inject('redisUrl'),
    };
    const testing = Test.createTestingModule({
      imports: [TelegramModule.forRoot(options)],
      providers: [provider],
    }).setLogger(new LogCapture());
    const context = await (await testing.compile()).init();
    contexts.push(context);
    const registry = context.get(HandlerRegistry, { strict: false });
    await vi.waitFor(async () => {
      const names = await registry.published();
      expect(names.some((name) => name.includes('(reply.edited)'))).toBe(true);
    }, SLOW);
    return context;
  }

  it('reach the process that has handlers for them', async () => {
    desk = await RevisionDesk.start('Redis', { providers: [ReplyLog] });
    const { lines } = (await startWorker(Revisions)).get(Revisions);
    const reply = ada().reply(desk.notice, 'Helo');
    expect(await desk.desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    ada().edit(reply, 'Hello');
    await vi.waitFor(() => expect(lines).toEqual(['✏ Hello']), SLOW);
    ada().reply(reply, '/del');
    await vi.waitFor(() => expect(lines).toEqual(['✏ Hello', `🗑 ${reply.message_id}`]), SLOW);
    await desk.desk.chat.waitForReactionsToBe(reply.message_id, ['🙈'], 20_000);
    expect(desk.desk.replies.replies.map(({ text }) => text)).toEqual(['Helo']);
    expect(desk.desk.notices).toHaveLength(1);
  });

  it('of replies that wait for a process have the first that starts handle each once', async () => {
    desk = await RevisionDesk.start('Redis', { providers: [] });
    const reply = ada().reply(desk.notice, 'Helo');
    const secret = ada().reply(desk.notice, 'secret');
    ada().edit(reply, 'Hello');
    ada().reply(secret, '/del');
    const last = ada().reply(desk.notice, 'Bye');
    await desk.desk.emulator.idle();
    const { lines } = (await startWorker(RevisionLog)).get(RevisionLog);
    await desk.desk.chat.waitForReactionsToBe(last.message_id, ['👍'], 20_000);
    await desk.desk.chat.waitForReactionsToBe(reply.message_id, ['👍'], 20_000);
    await desk.desk.chat.waitForReactionsToBe(secret.message_id, ['🙈'], 20_000);
    expect(lines).toEqual(['Hello', 'Bye']);
  });
});
