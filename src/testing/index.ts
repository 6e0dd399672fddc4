// The emulator
export { BotApiEmulator } from './bot-api.emulator.js';
export type { EmulatedAgent } from './emulated-agent.js';
export type { EmulatedChat } from './emulated-chat.js';

// Its options
export type {
  BotApiEmulatorOptions,
  GroupOptions,
  PrivateChatOptions,
  SupergroupOptions,
} from './bot-api-emulator.options.js';
export type { AgentOptions } from './emulated-chat.js';
export type { PersonOptions } from './world/emulated.world.js';
export type { EmulatorFault } from './http/emulator.fault.js';
export type { FloodLimit } from './floods/flood.window.js';
export type { BotStatus, MemberStatus } from './world/chat.room.js';

// What it records
export type { BotApiCall } from './http/bot-api.call.js';
export type { WebhookDelivery } from './delivery/webhook.delivery.js';

// Time
export { Clock, type Timer } from '../clock/clock.js';
export { SystemClock } from '../clock/system.clock.js';
export { VirtualClock } from './virtual.clock.js';

// What Telegram's objects look like
export type {
  Chat,
  ChatMember,
  Message,
  MessageEntity,
  ResponseParameters,
  Update,
  User,
} from '@grammyjs/types';
