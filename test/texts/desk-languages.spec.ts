import { Injectable } from '@nestjs/common';
import { afterEach, describe, expect, it } from 'vitest';
import { AgentCommand, OnThreadReply, type TextLocale } from '../../src/index.js';
import type { Message } from '../../src/testing/index.js';
import { COMMAND_DESKS, CommandDesk, wordsOf } from '../agents/command-desk.js';
import { Texts } from '../../src/texts/texts.js';
import { LANGUAGES } from '../../src/texts/languages.js';

@Injectable()
class FailingApp {
  @OnThreadReply()
  deliver(): never {
    throw new Error('<b>');
  }

  @AgentCommand({ name: 'ban', description: 'Bans', button: 'Ban', confirm: true })
  ban(): void {}
}

describe.each(COMMAND_DESKS)('A desk in %s with the layout %s', (...place) => {
  let desk: CommandDesk;
  afterEach(() => desk.stop());

  const start = async (locale: TextLocale): Promise<Texts> => {
    desk = await CommandDesk.start(place, {
      providers: [FailingApp],
      options: { locale, replies: { attempts: 1 } },
    });
    return new Texts(LANGUAGES[locale]);
  };
  const answer = async (message: Message) => wordsOf(await desk.answerTo(message));

  it.each(['de', 'ru', 'ar', 'zh'] as const)('speaks the language %s', async (locale) => {
    const texts = await start(locale);
    await desk.desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.shows('Help');
    expect(wordsOf(notice)).toContain(`🆕 ${texts.plain('newThread')}`);
    expect(await answer(desk.write(notice, 'Hello'))).toBe(
      texts.plain('replyFailed', { reason: '<b>' }),
    );
    expect(await answer(desk.write(notice, '/close'))).toBe(texts.plain('closed'));
    expect(await answer(desk.write(notice, '/ban'))).toBe(texts.plain('commandDone'));
    const asked = desk.ada.press(notice, 'Ban');
    await asked.waitForAnswer();
    const question = await desk.desk.chat.waitForMessage(
      ({ message_id: id, reply_markup: markup }) =>
        id === notice.message_id && JSON.stringify(markup).includes('✖️'),
    );
    const cancelled = desk.ada.press(question, texts.plain('buttonCancel'));
    expect((await cancelled.waitForAnswer()).text).toBe(texts.plain('pressCancelled'));
  });
});
