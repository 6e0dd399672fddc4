import type { FloodGate } from '../floods/flood-gate.js';
import type { LocalFiles } from '../files/local-files.js';
import type { BotApiMethod } from '../http/bot-api-method.js';
import type { SeededRandom } from '../common/seeded-random.js';
import { EphemeralLocator } from '../sending/ephemeral-locator.js';
import { EphemeralPoster } from '../sending/ephemeral-poster.js';
import { MediaComposer } from '../sending/media-composer.js';
import { MessageDeleter } from '../sending/message-deleter.js';
import { MessageEditor } from '../sending/message-editor.js';
import { MessageLocator } from '../sending/message-locator.js';
import { MessagePoster } from '../sending/message-poster.js';
import { MessageSource } from '../sending/message-source.js';
import { TopicFinder } from '../sending/topic-finder.js';
import { ChatResolver } from '../world/chat-resolver.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { Forum } from '../world/forum.js';
import { Membership } from '../world/membership.js';
import { PinnedMessages } from '../world/pinned-messages.js';
import { AnswerCallbackQueryMethod } from './bot/answer-callback-query-method.js';
import { CloseForumTopicMethod } from './forums/close-forum-topic-method.js';
import { CopyMessageMethod } from './sending/copy-message-method.js';
import { CreateForumTopicMethod } from './forums/create-forum-topic-method.js';
import { DeleteForumTopicMethod } from './forums/delete-forum-topic-method.js';
import { DeleteEphemeralMessageMethod } from './editing/delete-ephemeral-message-method.js';
import { DeleteMessageMethod } from './editing/delete-message-method.js';
import { DeleteMessagesMethod } from './editing/delete-messages-method.js';
import { DeleteWebhookMethod } from './updates/delete-webhook-method.js';
import { EditForumTopicMethod } from './forums/edit-forum-topic-method.js';
import { EditEphemeralMessageMethod } from './editing/edit-ephemeral-message-method.js';
import { EditMessageCaptionMethod } from './editing/edit-message-caption-method.js';
import { EditMessageMediaMethod } from './editing/edit-message-media-method.js';
import { EditMessageReplyMarkupMethod } from './editing/edit-message-reply-markup-method.js';
import { EditMessageTextMethod } from './editing/edit-message-text-method.js';
import { ForwardMessageMethod } from './sending/forward-message-method.js';
import { GeneralForumTopicMethod } from './forums/general-forum-topic-method.js';
import { GetChatAdministratorsMethod } from './chats/get-chat-administrators-method.js';
import { GetChatMemberCountMethod } from './chats/get-chat-member-count-method.js';
import { GetChatMemberMethod } from './chats/get-chat-member-method.js';
import { GetChatMethod } from './chats/get-chat-method.js';
import { GetFileMethod } from './bot/get-file-method.js';
import { GetForumTopicIconStickersMethod } from './forums/get-forum-topic-icon-stickers-method.js';
import { GetMeMethod } from './bot/get-me-method.js';
import { GetUpdatesMethod } from './updates/get-updates-method.js';
import { GetWebhookInfoMethod } from './updates/get-webhook-info-method.js';
import { LeaveChatMethod } from './chats/leave-chat-method.js';
import { MyCommandsMethod } from './bot/my-commands-method.js';
import { PinChatMessageMethod } from './editing/pin-chat-message-method.js';
import { ReopenForumTopicMethod } from './forums/reopen-forum-topic-method.js';
import { SendChatActionMethod } from './sending/send-chat-action-method.js';
import { SendContactMethod } from './sending/send-contact-method.js';
import { SendDiceMethod } from './sending/send-dice-method.js';
import { SendMediaGroupMethod } from './sending/send-media-group-method.js';
import { SendMediaMethod } from './sending/send-media-method.js';
import { SendMessageMethod } from './sending/send-message-method.js';
import { SendPlaceMethod } from './sending/send-place-method.js';
import { SendPollMethod } from './sending/send-poll-method.js';
import { SetMessageReactionMethod } from './editing/set-message-reaction-method.js';
import { SetWebhookMethod } from './updates/set-webhook-method.js';
import { TransferMessagesMethod } from './sending/transfer-messages-method.js';
import { UnpinAllMessagesMethod } from './editing/unpin-all-messages-method.js';
import { UnpinChatMessageMethod } from './editing/unpin-chat-message-method.js';

/** What the methods work on. */
export interface MethodContext {
  readonly world: EmulatedWorld;
  readonly floods: FloodGate;
  readonly random: SeededRandom;
  /** See `BotApiEmulatorOptions.requireHttps`. */
  readonly requireHttps: boolean;
  /** See `BotApiEmulatorOptions.localServer`. */
  readonly localFiles?: LocalFiles | undefined;
  /** See `BotApiEmulatorOptions.maxDownloadBytes`. */
  readonly maxDownloadBytes?: number | undefined;
}

/** Every method that the emulator knows. */
export function createMethods(context: MethodContext): BotApiMethod[] {
  return [
    ...createUpdateMethods(context),
    ...createSendMethods(context),
    ...createMessageMethods(context),
    ...createForumMethods(context),
    ...createChatMethods(context),
  ];
}

function createUpdateMethods({ world, requireHttps }: MethodContext): BotApiMethod[] {
  const chats = new ChatResolver(world);
  return [
    new GetMeMethod(),
    new GetUpdatesMethod(),
    new SetWebhookMethod(world.clock, requireHttps),
    new DeleteWebhookMethod(),
    new GetWebhookInfoMethod(),
    new AnswerCallbackQueryMethod(),
    new MyCommandsMethod('setMyCommands', chats),
    new MyCommandsMethod('getMyCommands', chats),
    new MyCommandsMethod('deleteMyCommands', chats),
  ];
}

function createSendMethods({ world, floods, random }: MethodContext): BotApiMethod[] {
  const chats = new ChatResolver(world);
  const context = { world, chats, floods, topics: new TopicFinder(world.clock) };
  const poster = new MessagePoster(context);
  const mayBeEphemeral = new EphemeralPoster(context, poster);
  const source = new MessageSource(chats);
  const media = new MediaComposer(world);
  return [
    new SendMessageMethod(world, mayBeEphemeral),
    new SendMediaMethod('animation', media, mayBeEphemeral),
    new SendMediaMethod('audio', media, mayBeEphemeral),
    new SendMediaMethod('document', media, mayBeEphemeral),
    new SendMediaMethod('live_photo', media, mayBeEphemeral),
    new SendMediaMethod('photo', media, mayBeEphemeral),
    new SendMediaMethod('sticker', media, mayBeEphemeral),
    new SendMediaMethod('video', media, mayBeEphemeral),
    new SendMediaMethod('video_note', media, mayBeEphemeral),
    new SendMediaMethod('voice', media, mayBeEphemeral),
    new SendMediaGroupMethod(media, poster, world.albums),
    new SendPlaceMethod('sendLocation', mayBeEphemeral),
    new SendPlaceMethod('sendVenue', mayBeEphemeral),
    new SendContactMethod(mayBeEphemeral),
    new SendPollMethod(poster),
    new SendDiceMethod(poster, random),
    new SendChatActionMethod(chats, floods, world.changes),
    new CopyMessageMethod(world, source, poster),
    new TransferMessagesMethod('copyMessages', source, poster, world.albums),
    new ForwardMessageMethod(source, poster),
    new TransferMessagesMethod('forwardMessages', source, poster, world.albums),
  ];
}

function createMessageMethods(context: MethodContext): BotApiMethod[] {
  const { world, floods, localFiles, maxDownloadBytes } = context;
  const chats = new ChatResolver(world);
  const messages = new MessageLocator(chats);
  const editor = new MessageEditor(world, floods);
  const deleter = new MessageDeleter(world.clock);
  const pins = new PinnedMessages(world);
  const media = new MediaComposer(world);
  const ephemeral = new EphemeralLocator(chats);
  const edits = { world, messages: ephemeral, editor, media };
  return [
    new EditMessageTextMethod(world, messages, editor),
    new EditMessageCaptionMethod(world, messages, editor),
    new EditMessageMediaMethod(messages, editor, media),
    new EditMessageReplyMarkupMethod(messages, editor),
    new EditEphemeralMessageMethod('Text', edits),
    new EditEphemeralMessageMethod('Caption', edits),
    new EditEphemeralMessageMethod('Media', edits),
    new EditEphemeralMessageMethod('ReplyMarkup', edits),
    new DeleteEphemeralMessageMethod(ephemeral),
    new DeleteMessageMethod(messages, deleter),
    new DeleteMessagesMethod(chats, deleter),
    new SetMessageReactionMethod(chats),
    new PinChatMessageMethod(messages, pins, floods),
    new UnpinChatMessageMethod(chats, pins),
    new UnpinAllMessagesMethod('unpinAllChatMessages', chats, pins),
    new UnpinAllMessagesMethod('unpinAllForumTopicMessages', chats, pins),
    new UnpinAllMessagesMethod('unpinAllGeneralForumTopicMessages', chats, pins),
    new GetFileMethod(world.files, world.links, localFiles, maxDownloadBytes),
  ];
}

function createForumMethods({ world, floods }: MethodContext): BotApiMethod[] {
  const chats = new ChatResolver(world);
  const forum = new Forum(world);
  return [
    new CreateForumTopicMethod(chats, forum, floods),
    new EditForumTopicMethod(chats, forum, floods),
    new CloseForumTopicMethod(chats, forum, floods),
    new ReopenForumTopicMethod(chats, forum, floods),
    new DeleteForumTopicMethod(chats, forum),
    new GeneralForumTopicMethod('edit', chats, forum, floods),
    new GeneralForumTopicMethod('close', chats, forum, floods),
    new GeneralForumTopicMethod('reopen', chats, forum, floods),
    new GeneralForumTopicMethod('hide', chats, forum, floods),
    new GeneralForumTopicMethod('unhide', chats, forum, floods),
    new GetForumTopicIconStickersMethod(world.files),
  ];
}

function createChatMethods({ world }: MethodContext): BotApiMethod[] {
  const chats = new ChatResolver(world);
  return [
    new GetChatMethod(chats),
    new GetChatMemberMethod(world, chats),
    new GetChatAdministratorsMethod(chats),
    new GetChatMemberCountMethod(chats),
    new LeaveChatMethod(chats, new Membership(world)),
  ];
}
