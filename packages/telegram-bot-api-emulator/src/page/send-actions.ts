import type { Message } from '@grammyjs/types';
import type { EmulatedAgent } from '../agents/emulated-agent.js';
import { quotePart } from '../sending/message-quote.js';
import { isEphemeral } from '../world/ephemeral-composer.js';
import type { ActionFields } from './action-fields.js';
import type { ActionHandlers, ActionOutcome } from './action-handlers.js';
import { AlbumReader } from './album-reader.js';
import { topicOf } from './message-view.js';
import { pageIdOf } from './page-id.js';
import type { PagePersonAction, PageReplyTarget } from './page-action.interface.js';
import type { PageActors } from './page-actors.js';
import type { UploadShelf } from './upload-shelf.js';

type SendAction = Extract<
  PagePersonAction,
  { readonly type: 'write' | 'forward' | `send${string}` }
>;
type PlaceField = 'chat' | 'as' | 'topicId';
type NewMessageField = PlaceField | 'replyTo';

/** What Telegram takes at most, in UTF-16 units. */
const MAX_TEXT_LENGTH = 4_096;
const MAX_QUESTION_LENGTH = 300;
const MAX_OPTION_LENGTH = 100;
const MAX_OPTIONS = 12;
const MAX_NAME_LENGTH = 64;
/** What begins as a command does. */
const COMMAND = /^\/\w+(?:@\w+)?(?=\s|$)/;

/** Sends messages for the people of the page. */
export class SendActions {
  readonly #actors: PageActors;
  readonly #uploads: UploadShelf;
  readonly #albums: AlbumReader;

  constructor(actors: PageActors, uploads: UploadShelf) {
    this.#actors = actors;
    this.#uploads = uploads;
    this.#albums = new AlbumReader(uploads);
  }

  readonly handlers: ActionHandlers<SendAction> = {
    write: (fields) => sent(this.#write(fields, fields.text('text', MAX_TEXT_LENGTH))),
    sendFiles: (fields) => this.#sendFiles(fields),
    sendPoll: (fields) => {
      const question = fields.text('question', MAX_QUESTION_LENGTH);
      const texts = fields.texts('options', MAX_OPTIONS, MAX_OPTION_LENGTH);
      if (texts.length < 2) throw new Error('A poll has at least two options');
      const options = texts.map((text, index) => ({
        persistent_id: String(index),
        text,
        voter_count: 0,
      }));
      return sent(this.#place(fields).send('poll', { question, options }, this.#target(fields)));
    },
    sendLocation: (fields) => {
      const latitude = fields.number('latitude', -90, 90);
      const longitude = fields.number('longitude', -180, 180);
      const place = { latitude, longitude };
      return sent(this.#place(fields).send('location', place, this.#target(fields)));
    },
    sendContact: (fields) => {
      const contact = {
        first_name: fields.text('name', MAX_NAME_LENGTH),
        phone_number: fields.text('phoneNumber', MAX_NAME_LENGTH),
      };
      return sent(this.#place(fields).send('contact', contact, this.#target(fields)));
    },
    forward: (fields) => {
      const message = this.#actors.messageOf(fields.object('from'));
      return sent(this.#place(fields).forward(message));
    },
  };

  /** Who sends, in the topic that is named. */
  #place(fields: ActionFields<PlaceField>): EmulatedAgent {
    const topicId = fields.optionalInteger('topicId');
    const agent = this.#actors.agentOf(fields);
    return topicId === undefined ? agent : agent.inTopic(topicId);
  }

  #write(fields: ActionFields<NewMessageField>, text: string): Message {
    const agent = this.#place(fields);
    const isCommand = COMMAND.test(text);
    if (!fields.has('replyTo')) return isCommand ? agent.command(text) : agent.write(text);
    const room = this.#actors.roomOf(fields);
    const target = fields.object<PageReplyTarget>('replyTo');
    const source = target.has('chat') ? this.#actors.roomOf(target) : room;
    const message = this.#actors.messageIn(source, target);
    const part = target.optionalText('quote', MAX_TEXT_LENGTH);
    if (isEphemeral(message)) {
      if (source !== room || part !== undefined) {
        throw new Error('An ephemeral message is replied to in its own chat, and not quoted');
      }
      return agent.reply(message, text);
    }
    const topicId = fields.optionalInteger('topicId') ?? topicOf(room, message);
    if (source === room && topicOf(room, message) === topicId) {
      if (isCommand && part === undefined) return agent.command(text, { replyTo: message });
      return part === undefined ? agent.reply(message, text) : agent.quote(message, part, text);
    }
    const quote = part === undefined ? undefined : quotePart(message, part);
    if (part !== undefined && !quote) {
      throw new Error(`Message ${message.message_id} does not say "${part}"`);
    }
    return agent.replyFromElsewhere(message, text, { ...(quote && { quote }) });
  }

  #sendFiles(fields: ActionFields<NewMessageField | 'files'>): ActionOutcome {
    const { files, ids } = this.#albums.read(fields);
    const agent = this.#place(fields);
    const target = this.#target(fields);
    const [first, ...others] = files;
    const messages =
      others.length === 0
        ? [agent.sendFile(first.kind, { ...first, ...target })]
        : agent.sendAlbum(files, target);
    for (const id of ids) this.#uploads.remove(id);
    return sent(...messages);
  }

  /** What a file and the like replies to, which is in the same chat. */
  #target(fields: ActionFields<'chat' | 'replyTo'>): { readonly replyTo?: Message } {
    if (!fields.has('replyTo')) return {};
    const target = fields.object<PageReplyTarget>('replyTo');
    if (target.has('quote') || target.has('chat')) {
      throw new Error('Only texts quote, and reply from another chat');
    }
    return { replyTo: this.#actors.messageIn(this.#actors.roomOf(fields), target) };
  }
}

function sent(...messages: readonly Message[]): ActionOutcome {
  return { messageIds: messages.map(pageIdOf) };
}
