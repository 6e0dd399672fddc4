import type { Message } from '@grammyjs/types';
import { kindOf, MESSAGE_KINDS, type MessageKind } from '../sending/message-kinds.js';
import type { BotAccount } from '../world/bot-account.js';
import { composeEphemeral } from '../world/ephemeral-composer.js';
import { GENERAL_TOPIC_ID } from '../world/topic-list.js';
import type { ChatActor } from './chat-actor.js';

/** What an ephemeral message may hold (td: MessagesManager.cpp, `send_ephemeral_message`). */
const KINDS: readonly MessageKind[] = [
  MESSAGE_KINDS.text,
  MESSAGE_KINDS.animation,
  MESSAGE_KINDS.audio,
  MESSAGE_KINDS.document,
  MESSAGE_KINDS.photo,
  MESSAGE_KINDS.sticker,
  MESSAGE_KINDS.video,
  MESSAGE_KINDS.video_note,
  MESSAGE_KINDS.voice,
  MESSAGE_KINDS.location,
  MESSAGE_KINDS.venue,
  MESSAGE_KINDS.contact,
];

/** The ephemeral messages of somebody in a chat. */
export class AgentEphemerals {
  readonly #actor: ChatActor;

  constructor(actor: ChatActor) {
    this.#actor = actor;
  }

  /** All that the person sees, the oldest first. */
  get list(): Message[] {
    const { room, user } = this.#actor;
    return room.ephemeral.seenBy(user.id).map(({ message }) => message);
  }

  /** The chat as the person sees it. */
  get timeline(): Message[] {
    const { room, user } = this.#actor;
    const seen = room.ephemeral.seenBy(user.id);
    const { messages } = room.history;
    const ids = messages.map(({ message_id: id }) => id);
    const added = seen.filter(({ replaces = 0 }) => !ids.includes(replaces));
    // Messages may have gone since.
    const places = added.map(({ after }) => ids.findLast((id) => id <= after) ?? 0);
    const addedAfter = (id: number): Message[] =>
      added.filter((_each, index) => places[index] === id).map(({ message }) => message);
    const shown = messages.flatMap((message) => {
      const { message_id: id } = message;
      const replacement = seen.findLast(({ replaces }) => replaces === id);
      return [replacement?.message ?? message, ...addedAfter(id)];
    });
    return [...addedAfter(0), ...shown];
  }

  /** Ends the app of the person, which is one for all chats, and starts it again. */
  restartApp(): void {
    const { world, user } = this.#actor;
    for (const room of world.rooms.list) room.ephemeral.hideFrom(user.id);
  }

  setOnline(isOnline: boolean): void {
    const { world, user } = this.#actor;
    world.people.setOnline(user.id, isOnline);
  }

  waitFor(predicate: (message: Message) => boolean, timeoutMs: number): Promise<Message> {
    const { room, user } = this.#actor;
    return room.ephemeral.waitFor(user.id, predicate, timeoutMs);
  }

  /** Replies to what a bot has sent to the person alone; others see nothing of it. */
  reply(replied: Message, said: Partial<Message>): Message {
    const { world } = this.#actor;
    const bot = world.findBot(replied.from?.id ?? 0);
    if (!bot) throw new Error('Nobody replies to an ephemeral message of their own');
    return this.send(bot, said, replied);
  }

  /** Takes one out of the person's view. */
  dismiss(message: Message): void {
    const { ephemeral_message_id: id } = this.#actor.findSeen(message);
    if (id === undefined) throw new Error('Only an ephemeral message is dismissed; delete others');
    this.#actor.room.ephemeral.hide(id);
  }

  /**
   * Sends a message to a bot alone. It is by the person, also where an anonymous administrator sends it: no other sender
   * can be named for it, which is inferred from the parameters of `ephemeral.sendMessage`.
   */
  send(bot: BotAccount, said: Partial<Message>, replied?: Message): Message {
    const { world, room, user } = this.#actor;
    this.#actor.requirePresence();
    if (!room.has(bot.id))
      throw new Error(`@${bot.user.username} is not in chat ${room.id} any more`);
    const { message_thread_id: wanted, ...content } = said;
    const messageThreadId = this.#topicFor(wanted, replied);
    const kind = kindOf(content);
    if (!KINDS.includes(kind) || content.media_group_id !== undefined) {
      throw new Error(`Nobody sends ${kind.noun} in an ephemeral message`);
    }
    const after = room.history.lastId;
    const place = { personId: user.id, botId: bot.id, after, topicId: messageThreadId };
    const message = room.ephemeral.add(place, (ephemeralId) =>
      composeEphemeral(room, {
        ephemeralId,
        receiver: bot.user,
        sender: { from: user },
        date: world.seconds,
        replied,
        messageThreadId,
        content,
      }),
    );
    const event = { payload: message, key: String(room.id) };
    world.sendEvent(room, 'message', event, ({ id }) => id === bot.id);
    return message;
  }

  /** A reply stands in the topic of what it replies to. Undefined for the General topic. */
  #topicFor(wanted: number | undefined, replied: Message | undefined): number | undefined {
    const { room, topicId } = this.#actor;
    const { ephemeral_message_id: ephemeralId, is_topic_message: isInTopic } = replied ?? {};
    const repliedTopic =
      ephemeralId === undefined
        ? isInTopic && replied?.message_thread_id
        : room.ephemeral.find(ephemeralId)?.topicId;
    const topic = repliedTopic || (wanted ?? topicId);
    return room.isForum && topic === GENERAL_TOPIC_ID ? undefined : topic;
  }
}
