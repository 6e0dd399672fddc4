import { Injectable } from '@nestjs/common';
import type { Message } from '@grammyjs/types';
import { BotProfile } from '../bot/bot-profile.js';
import { DeskStorage } from '../storage/desk-storage.js';
import type { ThreadMessageKind } from '../threads/thread-message.interface.js';
import { threadMessageOf } from '../threads/thread-message.js';
import { ThreadMessageRepository } from '../threads/thread-message.repository.js';
import { messageIntent, type MessageIntent } from '../updates/message-intent.js';
import { albumIdOf, messageFiles } from '../updates/message-files.js';
import { isUndeliverable, messageText } from '../updates/message-text.js';
import type { AgentMessage } from './agent-message.js';
import { AgentNotifier } from './agent-notifier.js';
import { Albums, type AlbumAudience } from './albums.js';
import { CommandIntake } from './command-intake.js';
import { NoteIntake } from './note-intake.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import { ReplyIntake } from './reply-intake.js';
import { SnippetIntake } from './snippet-intake.js';
import { HANDLED, type AcceptedUpdate } from './update-handler.interface.js';

/** Takes what an agent writes to a thread, as a reply, a note or a command. What is neither is answered with a hint. */
@Injectable()
export class ThreadMessageIntake {
  readonly #isDurable: boolean;

  constructor(
    private readonly profile: BotProfile,
    private readonly replies: ReplyIntake,
    private readonly notes: NoteIntake,
    private readonly commands: CommandIntake,
    private readonly snippets: SnippetIntake,
    private readonly albums: Albums,
    private readonly fingerprints: ReplyFingerprints,
    private readonly notifier: AgentNotifier,
    private readonly messages: ThreadMessageRepository,
    storage: DeskStorage,
  ) {
    this.#isDurable = storage.isDurable;
  }

  /**
   * Resolves when the message has its place in the queue of the thread.
   *
   * @throws When it could not be stored.
   */
  async accept(update: AgentMessage, threadId: string): Promise<AcceptedUpdate> {
    const { message } = update;
    const intent = messageIntent(message);
    await this.messages.add(threadId, [threadMessageOf(message, kindOf(intent))]);
    if (intent.kind === 'answer') return this.#acceptAnswer(update, threadId);
    if (intent.botName && !this.profile.isNamed(intent.botName)) return HANDLED;
    // What an agent forwards says something, and does nothing.
    const isGiven = intent.kind === 'command' && !message.forward_origin;
    const sent = isGiven && (await this.snippets.accept(update, threadId, intent));
    if (sent) return sent;
    if (albumIdOf(message) !== undefined) await this.#keepAlbum(update);
    if (intent.kind === 'note') return this.notes.accept(update, threadId, intent.text);
    await this.fingerprints.storeNote(message);
    if (intent.kind === 'history') {
      await this.notifier.showHistory(update, threadId, intent.limit);
      return HANDLED;
    }
    const accepted = isGiven && (await this.commands.accept(update, threadId, intent));
    if (accepted) return accepted;
    await this.notifier.hint(update, 'not_a_reply', 'command');
    return HANDLED;
  }

  /** Takes a message that is a note although no sign says so. */
  async acceptNote(update: AgentMessage, threadId: string): Promise<AcceptedUpdate> {
    await this.messages.add(threadId, [threadMessageOf(update.message, 'note')]);
    return this.notes.accept(update, threadId, messageText(update.message)?.text ?? '');
  }

  async #acceptAnswer(update: AgentMessage, threadId: string): Promise<AcceptedUpdate> {
    const { message } = update;
    if (albumIdOf(message) !== undefined && (await this.#audienceOf(message)) === 'agents')
      return HANDLED;
    const content = messageText(message);
    if (content) {
      const accepted = await this.replies.accept(update, threadId, content);
      const isLost = isUndeliverable(message) && messageFiles(message).length === 0;
      if (isLost) await this.notifier.hint(update, 'not_a_reply', 'stays_in_telegram');
      return accepted;
    }
    await this.notifier.hint(update, 'unsupported');
    return HANDLED;
  }

  /** Makes the whole album of a note internal, or says that it is too late for that. */
  async #keepAlbum(update: AgentMessage): Promise<void> {
    if ((await this.albums.decide(update.message, 'agents')) === 'agents') return;
    await this.notifier.hint(update, 'not_a_reply', 'late_note');
  }

  /** With Redis, the file waits in the queue for a caption that comes later. */
  #audienceOf(message: Message): Promise<AlbumAudience | null> {
    return this.#isDurable
      ? this.albums.audienceOf(message)
      : this.albums.decide(message, 'customer');
  }
}

function kindOf({ kind }: MessageIntent): ThreadMessageKind {
  if (kind === 'answer') return 'reply';
  return kind === 'note' ? 'note' : 'command';
}
