import { Injectable } from '@nestjs/common';
import { ButtonCodec } from '../../agents/button-codec.js';
import { PressAnswers } from '../../agents/press-answers.js';
import { AdminChat } from '../../chat/admin-chat.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { DeskDirectory } from '../../desk/desk-directory.js';
import { ThreadLayout } from '../../threads/thread-layout.js';
import { DEFAULT_DESK } from '../../threads/thread-record.js';
import type { ButtonPress } from '../../updates/button-press.js';
import type { IncomingUpdate } from '../../updates/incoming-update.interface.js';
import { AnsweredDesks } from '../answered-desks.js';
import { HANDLED, type AcceptedUpdate, type UpdateHandler } from '../update-handler.interface.js';

/** Takes the buttons that people press, and answers each press. The desk that has the thread by now runs the command. */
@Injectable()
export class ButtonPressHandler implements UpdateHandler {
  readonly updateTypes = ['callback_query'] as const;

  constructor(
    private readonly adminChat: AdminChat,
    private readonly settings: TelegramSettings,
    private readonly codec: ButtonCodec,
    private readonly layout: ThreadLayout,
    private readonly directory: DeskDirectory,
    private readonly desks: AnsweredDesks,
    private readonly answers: PressAnswers,
  ) {}

  async handle({ id, press }: IncomingUpdate): Promise<AcceptedUpdate | null> {
    if (!press) return null;
    if (!this.adminChat.is(press.chat)) return this.#refuseElsewhere(press);
    const taken = await this.#take(press, id);
    this.answers.answer(press.id, typeof taken === 'string' ? taken : taken.words);
    return typeof taken === 'string' ? HANDLED : taken.accepted;
  }

  /** @returns Why it is not taken, as the person reads it. */
  async #take(
    press: ButtonPress,
    updateId: number,
  ): Promise<string | { readonly words: string; readonly accepted: AcceptedUpdate }> {
    const { texts } = this.settings;
    const action = this.codec.read(press.data);
    if (!action) return texts.plain('pressUnknown');
    const { chatId, messageId } = press.message;
    const threadId = await this.layout.resolve({ chatId, messageId }, press.entities);
    if (threadId === null) return texts.plain('pressNoThread');
    const places = [chatId, this.adminChat.id].map((id) => ({ chatId: id, threadId, messageId }));
    if (!this.codec.isGenuine(press.data, action, places)) {
      return texts.plain('pressForged');
    }
    const desk = await this.desks.ofThread(threadId, await this.desks.own());
    if (!(await desk.rights.mayAnswer(press.agent))) return texts.plain('pressRefused');
    return desk.commands.acceptPress(press, updateId, threadId, action);
  }

  /** In a chat of no desk, one desk answers for all. */
  async #refuseElsewhere({ id, chat }: ButtonPress): Promise<AcceptedUpdate | null> {
    if (this.settings.desk !== DEFAULT_DESK || (await this.directory.ofChat(chat.id))) return null;
    this.answers.answer(id, this.settings.texts.plain('pressElsewhere'));
    return HANDLED;
  }
}
