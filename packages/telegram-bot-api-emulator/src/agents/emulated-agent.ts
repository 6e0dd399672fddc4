import type { BotCommand, Message, User } from '@grammyjs/types';
import type { FileKind } from '../files/stored-file.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { Membership } from '../world/membership.js';
import type { MessageSender } from '../world/message-composer.js';
import { topicIdOf, type TopicReference } from '../world/topic-reference.js';
import { CHANNEL_BOT, GROUP_ANONYMOUS_BOT } from '../world/service-users.constants.js';
import { AgentButtons } from './agent-buttons.js';
import { AgentCommands } from './agent-commands.js';
import { AgentEdits } from './agent-edits.js';
import { AgentEphemerals } from './agent-ephemerals.js';
import type {
  AgentFileOptions,
  AgentMessageOptions,
  AlbumFile,
  AlbumOptions,
  EditedFileOptions,
} from './agent-file.options.js';
import { AgentForum } from './agent-forum.js';
import { AgentLinks } from './agent-links.js';
import { AgentMessages } from './agent-messages.js';
import { AgentReactions } from './agent-reactions.js';
import type { ButtonPress } from './button-press.js';
import { ChatActor } from './chat-actor.js';
import { findCopiedText } from './find-button.js';
import type { ContentKind, ContentOf } from './sample-content.js';
import type { TopicIconOptions } from './topic-icon.options.js';

/**
 * Somebody who writes in a chat. What cannot happen at Telegram throws: whoever was banned does not write.
 *
 * @publicApi
 */
export class EmulatedAgent {
  readonly #actor: ChatActor;
  readonly #messages: AgentMessages;
  readonly #edits: AgentEdits;
  readonly #reactions: AgentReactions;
  readonly #buttons: AgentButtons;
  readonly #forum: AgentForum;
  readonly #ephemerals: AgentEphemerals;
  readonly #commands: AgentCommands;
  readonly #links: AgentLinks;

  /** @internal Use `EmulatedChat.agent()`. */
  constructor(
    world: EmulatedWorld,
    room: ChatRoom,
    /** The person, also where the messages name another sender. */
    readonly user: User,
    sender: MessageSender = room.chat.type === 'channel'
      ? { sender_chat: room.chat }
      : { from: user },
    topicId?: number,
  ) {
    const actor = new ChatActor(world, room, user, sender, topicId);
    this.#actor = actor;
    this.#messages = new AgentMessages(actor);
    this.#edits = new AgentEdits(actor);
    this.#reactions = new AgentReactions(actor);
    this.#buttons = new AgentButtons(actor);
    this.#forum = new AgentForum(actor);
    this.#ephemerals = new AgentEphemerals(actor);
    this.#commands = new AgentCommands(actor);
    this.#links = new AgentLinks(actor);
  }

  /** The ephemeral messages that the agent sees in the chat, own ones included, the oldest first. */
  get ephemeralMessages(): Message[] {
    return this.#ephemerals.list;
  }

  /**
   * The chat as the agent alone sees it: the messages of all, with the ephemeral ones where they came, or in the place of
   * those that they replace.
   */
  get timeline(): Message[] {
    return this.#ephemerals.timeline;
  }

  /**
   * Writes a message.
   *
   * @param text May be empty when `extra` says what the message is.
   * @param extra Fields that are added to the message, or replace its own: a photo with its
   *   caption, a sticker, a service message. `message_thread_id` chooses the topic of a forum.
   * @returns The message as everybody in the chat sees it.
   */
  write(text: string, extra: Partial<Message> = {}): Message {
    return this.#messages.write(text, extra);
  }

  /**
   * Replies to a message of the chat, or to an ephemeral one of a bot; that reply is ephemeral, too.
   *
   * @param to The message or its id; ephemeral messages have none.
   * @param text See {@link write}.
   * @param extra See {@link write}.
   */
  reply(to: Message | number, text: string, extra: Partial<Message> = {}): Message {
    return this.#messages.reply(to, text, extra);
  }

  /**
   * Replies to a part of a message of the chat, which the reply then quotes.
   *
   * @param to The message or its id.
   * @param part What its text or caption says there.
   * @param text See {@link write}.
   * @param extra See {@link write}.
   */
  quote(to: Message | number, part: string, text: string, extra: Partial<Message> = {}): Message {
    return this.#messages.quote(to, part, text, extra);
  }

  /**
   * Replies from another topic or another chat than that of the message. Telegram then shows it by an
   * `external_reply` in place of a `reply_to_message`, and quotes the text without its links.
   *
   * @param to A message of any chat.
   * @param text See {@link write}.
   * @param extra See {@link write}; `message_thread_id` chooses the topic where the reply stands.
   */
  replyFromElsewhere(to: Message, text: string, extra: Partial<Message> = {}): Message {
    return this.#messages.replyFromElsewhere(to, text, extra);
  }

  /** Sends a photo. */
  sendPhoto(options: AgentFileOptions = {}): Message {
    return this.sendFile('photo', options);
  }

  /**
   * Sends a file as what its kind says.
   *
   * @example ada.sendFile('sticker', { stickerFormat: 'animated', emoji: '👍' });
   */
  sendFile(kind: FileKind, options: AgentFileOptions = {}): Message {
    return this.#messages.sendFile(kind, options);
  }

  /**
   * Sends an album: a message for each file, with one `media_group_id`. Telegram says neither how
   * many there are nor when the last has come.
   *
   * @param files Photos, unless their kind is named.
   * @param options The caption goes with the first file.
   */
  sendAlbum(files: readonly AlbumFile[], options: AlbumOptions = {}): Message[] {
    return this.#messages.sendAlbum(files, options);
  }

  /**
   * Sends what is no file: a location, a contact, a poll, a checklist and the like.
   *
   * @param kind The name of the field that the message gets.
   * @param fields What is not said is made up.
   *
   * @example ada.send('poll', { question: 'Which day?' });
   * @example ada.send('location', { latitude: 52.5, longitude: 13.4 }, { replyTo: question });
   */
  send<K extends ContentKind>(
    kind: K,
    fields: Partial<ContentOf<K>> = {},
    options: AgentMessageOptions = {},
  ): Message {
    return this.#messages.send(kind, fields, options);
  }

  /** Sends a message of any chat on to this one. */
  forward(message: Message, extra: Partial<Message> = {}): Message {
    return this.#messages.forward(message, extra);
  }

  /**
   * Changes the text, or the caption, of a message of the agent's own.
   *
   * @param extra Fields that are added to the message, such as its `entities`.
   */
  edit(message: Message | number, text: string, extra: Partial<Message> = {}): Message {
    return this.#edits.edit(message, text, extra);
  }

  /**
   * Puts another file, with its caption, in the place of the file or the text of a message of the
   * agent's own.
   */
  editFile(message: Message | number, kind: FileKind, options: EditedFileOptions = {}): Message {
    return this.#edits.editFile(message, kind, options);
  }

  /**
   * Lets an `edited_message` come without any visible change, as happens when a link preview has
   * loaded.
   */
  touch(message: Message | number): Message {
    return this.#edits.touch(message);
  }

  /** Deletes a message, one's own, an ephemeral one or, as an administrator, any; bots learn nothing of it. */
  delete(message: Message | number): void {
    this.#edits.delete(message);
  }

  /**
   * Sets the agent's reactions on a message; none takes them away.
   *
   * @param emoji Emoji, or ids of custom emoji.
   */
  react(message: Message | number, emoji: string | readonly string[]): void {
    this.#reactions.set(this.#actor.find(message), typeof emoji === 'string' ? [emoji] : emoji);
  }

  /**
   * Presses a button of a message. Anonymous administrators are named all the same.
   *
   * @param button The text of the button, or its callback data.
   */
  press(message: Message | number, button: string): ButtonPress {
    return this.#buttons.press(message, button);
  }

  /**
   * Presses a button of a message as it was once, because the app of the agent shows no newer state: the keyboard may have
   * been changed, the message deleted, the agent removed from the chat. The bot gets the message as it is now, or an
   * inaccessible one with the date 0.
   *
   * @param message As it was, with its keyboard.
   * @param button See {@link press}.
   */
  pressStale(message: Message, button: string): ButtonPress {
    return this.#buttons.pressStale(message, button);
  }

  /** What a button copies, of which no bot learns. */
  copyText(message: Message | number, button: string): string {
    this.#actor.requireSight();
    return findCopiedText(this.#actor.findSeen(message), button);
  }

  /**
   * The commands that the agent sees here in the menu of a bot.
   *
   * @param botId By default the first bot of the chat.
   */
  commands(botId?: number): readonly BotCommand[] {
    return this.#commands.list(botId);
  }

  /**
   * Sends a command as it is. One that a bot has declared as ephemeral for the agent here goes to this bot alone; apps
   * that do not know ephemeral commands send it by {@link write}. In a topic it has no `message_thread_id`, but the first
   * message of the topic as `reply_to_message`.
   *
   * @example ada.inTopic(topic).command('/claim');
   * @example ada.command('/refund@support_desk_bot 20', { replyTo: question });
   */
  command(text: string, options: AgentMessageOptions = {}): Message {
    return this.#commands.send(text, options);
  }

  /**
   * Starts the bot of the chat with what a deep link carries: `/start payload`, in groups `/start@bot payload`.
   *
   * @param payload Up to 64 letters, digits, `_` and `-`.
   */
  start(payload = ''): Message {
    return this.#links.start(payload);
  }

  /**
   * Follows a link to a bot, having chosen this chat: `?start=` in private chats; in groups `?startgroup=`, which invites the
   * bot if it is not there, and with `&admin=manage_topics+pin_messages` makes it an administrator with these rights.
   *
   * @returns The `/start` that the app sends.
   */
  openLink(url: string): Message {
    return this.#links.open(url);
  }

  /**
   * Resolves with the first ephemeral message that the agent sees and that fits, at once if it is there already.
   *
   * @param timeoutMs Real milliseconds; then it rejects with an error that lists what is there.
   */
  waitForEphemeralMessage(
    predicate: (message: Message) => boolean,
    timeoutMs = this.#actor.world.waiters.timeoutMs,
  ): Promise<Message> {
    return this.#ephemerals.waitFor(predicate, timeoutMs);
  }

  /** Takes an ephemeral message out of the agent's view, of which bots learn nothing; edits of it still succeed. */
  dismiss(message: Message): void {
    this.#ephemerals.dismiss(message);
  }

  /** Restarts the app, after which the agent sees no ephemeral message of before, in no chat; bots learn nothing of it. */
  restartApp(): void {
    this.#ephemerals.restartApp();
  }

  /** Closes the app: ephemeral messages that bots send to the agent are never seen then, though the calls succeed. */
  closeApp(): void {
    this.#ephemerals.setOnline(false);
  }

  /** Opens the app again. */
  openApp(): void {
    this.#ephemerals.setOnline(true);
  }

  /** Pins a message. */
  pin(message: Message | number): void {
    this.#edits.pin(message);
  }

  /**
   * Creates a topic; its id is the `message_thread_id`.
   *
   * @example forum.agent('Ada').createTopic('Parcels', { icon: '💬' })
   */
  createTopic(
    name: string,
    options: TopicIconOptions = {},
  ): { readonly id: number; readonly name: string } {
    const { id, name: kept } = this.#forum.create(name, options);
    return { id, name: kept };
  }

  /** Renames a topic. */
  renameTopic(topic: TopicReference, name: string): void {
    this.#forum.rename(topic, name);
  }

  /**
   * Gives a topic another icon.
   *
   * @param icon The emoji of a free icon, or the id of a custom emoji; empty takes the icon away.
   */
  changeTopicIcon(topic: TopicReference, icon: string): void {
    this.#forum.changeIcon(topic, icon);
  }

  /** Closes a topic, so that mere members cannot write there. */
  closeTopic(topic: TopicReference): void {
    this.#forum.close(topic);
  }

  /** Opens a topic again. */
  reopenTopic(topic: TopicReference): void {
    this.#forum.reopen(topic);
  }

  /** Deletes a topic with its messages; bots learn nothing of it. */
  deleteTopic(topic: TopicReference): void {
    this.#forum.delete(topic);
  }

  /** The same person in a topic: what is written goes there, unless `extra` says something else. */
  inTopic(topic: TopicReference): EmulatedAgent {
    return this.#as(this.#actor.sender, topicIdOf(topic));
  }

  /** Leaves the chat. */
  leave(): void {
    const { world, room, user } = this.#actor;
    this.#actor.requirePresence();
    if (room.chat.type === 'private') throw new Error('Nobody can leave a private chat');
    new Membership(world).change(room, { user, status: 'left' }, user);
  }

  /**
   * The same person as an anonymous administrator of the supergroup.
   *
   * @param signature The custom title that others see.
   */
  anonymously(signature?: string): EmulatedAgent {
    const { room } = this.#actor;
    this.#requireSupergroup('Anonymous administrators exist');
    return this.#as({
      from: GROUP_ANONYMOUS_BOT,
      sender_chat: room.chat,
      ...(signature !== undefined && { author_signature: signature }),
    });
  }

  /** The same person as the channel of this title. */
  asChannel(title: string): EmulatedAgent {
    this.#requireSupergroup('Channels write');
    return this.#as({ from: CHANNEL_BOT, sender_chat: this.#actor.world.rooms.channel(title) });
  }

  #as(sender: MessageSender, topicId = this.#actor.topicId): EmulatedAgent {
    return new EmulatedAgent(this.#actor.world, this.#actor.room, this.user, sender, topicId);
  }

  #requireSupergroup(what: string): void {
    const { room } = this.#actor;
    if (room.chat.type !== 'supergroup') {
      throw new Error(`${what} in supergroups only; chat ${room.id} is none`);
    }
  }
}
