// The emulator
export { BotApiEmulator } from './bot-api-emulator.js';
export type { EmulatedAgent } from './agents/emulated-agent.js';
export type { EmulatedBot } from './bots/emulated-bot.js';
export type { EmulatedChat } from './chats/emulated-chat.js';
export type { ButtonPress } from './agents/button-press.js';
export type { EmulatedTopic } from './chats/emulated-topic.js';

// Its options
export type { BotApiEmulatorOptions } from './bot-api-emulator.options.js';
export type { AgentFile } from './agents/agent-file.js';
export type {
  AgentFileOptions,
  AgentMessageOptions,
  AlbumFile,
  AlbumOptions,
  EditedFileOptions,
} from './agents/agent-file.options.js';
export type { ContentKind, ContentOf } from './agents/sample-content.js';
export type { TopicIconOptions } from './agents/topic-icon.options.js';
export type { BotOptions, BotSwitches } from './bots/bot.options.js';
export type {
  AgentOptions,
  ChannelOptions,
  GroupOptions,
  PrivateChatOptions,
  SupergroupOptions,
} from './chats/chat.options.js';
export type { DeliveryFault } from './delivery/delivery-fault.js';
export type { FileKind, StickerFormat } from './files/stored-file.js';
export type { EmulatorLimits } from './floods/emulator-limits.options.js';
export type { FloodLimit } from './floods/flood-window.js';
export type { EmulatorFault } from './http/emulator-fault.js';
export type { FailingCalls } from './http/fault-plan.js';
export type { AdministratorRights } from './world/administrator-rights.js';
export type { ButtonAnswer } from './world/callback-queries.js';
export type { BotStatus, MemberStatus } from './world/chat-room.js';
export type { TopicReference } from './world/topic-reference.js';
export type { PersonOptions } from './world/people.js';
export type { PageOptions } from './page/page.options.js';

// What it records
export type { BotApiCall } from './http/bot-api-call.js';
export type { WebhookDelivery } from './delivery/webhook-delivery.js';

// Time
export type { Clock, Timer } from './time/clock.js';
export { SystemClock } from './time/system-clock.js';
export { VirtualClock } from './time/virtual-clock.js';

// What Telegram's objects look like
export type {
  BotCommand,
  Chat,
  ChatMember,
  Message,
  MessageEntity,
  ResponseParameters,
  Update,
  User,
} from '@grammyjs/types';
