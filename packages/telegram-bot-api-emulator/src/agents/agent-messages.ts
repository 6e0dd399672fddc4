import type { Message } from '@grammyjs/types';
import type { FileKind } from '../files/stored-file.js';
import { forwardContent } from '../sending/message-copier.js';
import { quoteAll, quotePart } from '../sending/message-quote.js';
import { externalReply } from '../sending/reply-placer.js';
import { isServiceMessage } from '../world/bot-visibility.js';
import { isEphemeral } from '../world/ephemeral-composer.js';
import { GENERAL_TOPIC_ID } from '../world/topic-list.js';
import { AgentContent } from './agent-content.js';
import { AgentEphemerals } from './agent-ephemerals.js';
import type {
  AgentFileOptions,
  AgentMessageOptions,
  AlbumFile,
  AlbumOptions,
} from './agent-file.options.js';
import type { ChatActor } from './chat-actor.js';
import { type ContentKind, type ContentOf, createSampleContent } from './sample-content.js';

/** Sends messages for somebody in a chat. */
export class AgentMessages {
  readonly #actor: ChatActor;
  readonly #content: AgentContent;
  readonly #ephemerals: AgentEphemerals;

  constructor(actor: ChatActor) {
    this.#actor = actor;
    this.#content = new AgentContent(actor.world);
    this.#ephemerals = new AgentEphemerals(actor);
  }

  write(text: string, extra: Partial<Message>): Message {
    return this.#post({ ...this.#content.text(text, extra), ...extra });
  }

  reply(to: Message | number, text: string, extra: Partial<Message>): Message {
    const content = { ...this.#content.text(text, extra), ...extra };
    return this.#post(content, this.#actor.findSeen(to));
  }

  quote(to: Message | number, part: string, text: string, extra: Partial<Message>): Message {
    const replied = this.#actor.find(to);
    const quote = quotePart(replied, part);
    if (!quote) throw new Error(`Message ${replied.message_id} does not say "${part}"`);
    return this.#post({ quote, ...this.#content.text(text, extra), ...extra }, replied);
  }

  replyFromElsewhere(to: Message, text: string, extra: Partial<Message>): Message {
    const id = to.message_id;
    const topic = to.is_topic_message ? to.message_thread_id : undefined;
    if (to.chat.id === this.#actor.room.id && topic === this.#topicOf(extra)) {
      throw new Error(`Message ${id} is not elsewhere, but in the same chat and topic`);
    }
    if (isServiceMessage(to)) throw new Error(`Message ${id} is an event; nobody replies to it`);
    const quote = quoteAll(to);
    const said = { ...this.#content.text(text, extra), ...extra };
    return this.#post({ external_reply: externalReply(to), ...(quote && { quote }), ...said });
  }

  forward(message: Message, extra: Partial<Message>): Message {
    if (isEphemeral(message)) throw new Error('An ephemeral message cannot be forwarded');
    return this.#post({ ...forwardContent(message), ...extra });
  }

  send<K extends ContentKind>(
    kind: K,
    fields: Partial<ContentOf<K>>,
    { replyTo, extra = {} }: AgentMessageOptions,
  ): Message {
    const replied = replyTo === undefined ? undefined : this.#actor.findSeen(replyTo);
    const content = createSampleContent(this.#actor, kind, fields);
    return this.#post({ ...content, ...extra }, replied);
  }

  sendFile(kind: FileKind, options: AgentFileOptions): Message {
    const { caption = '', replyTo, extra = {}, ...file } = options;
    const replied = replyTo === undefined ? undefined : this.#actor.findSeen(replyTo);
    return this.#post({ ...this.#content.media(kind, file, caption), ...extra }, replied);
  }

  sendAlbum(files: readonly AlbumFile[], options: AlbumOptions): Message[] {
    const { replyTo, extra = {} } = options;
    const replied = replyTo === undefined ? undefined : this.#actor.find(replyTo);
    const groupId = this.#actor.world.albums.next();
    return files.map(({ kind = 'photo', caption, ...file }, index) => {
      const said = caption ?? (index === 0 ? options.caption : undefined) ?? '';
      const media = this.#content.media(kind, file, said);
      return this.#post({ media_group_id: groupId, ...media, ...extra }, replied);
    });
  }

  #post(said: Partial<Message>, replied?: Message): Message {
    if (replied && isEphemeral(replied)) return this.#ephemerals.reply(replied, said);
    const { world, room, user, sender } = this.#actor;
    const { message_thread_id: _threadId, ...content } = said;
    const messageThreadId = this.#topicOf(said);
    this.#actor.requirePresence({ content, messageThreadId, replied });
    const draft = { sender, replied, messageThreadId, content };
    return user.is_bot ? world.post(room, draft) : world.postToBots(room, draft);
  }

  /** Undefined for the General topic. */
  #topicOf({
    message_thread_id: wanted = this.#actor.topicId,
  }: Partial<Message>): number | undefined {
    return this.#actor.room.isForum && wanted === GENERAL_TOPIC_ID ? undefined : wanted;
  }
}
