import { EmulatedAgent } from '../agents/emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import {
  type AdministratorRights,
  createAdministratorRights,
} from '../world/administrator-rights.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { ActionFields } from './action-fields.js';
import type { ActionHandlers } from './action-handlers.js';
import type { FaultSwitches } from './fault-switches.js';
import type { PageFaultAction } from './page-action.interface.js';
import type { PageActors } from './page-actors.js';
import type { PageChats } from './page-chats.js';
import type { PageClockHand } from './page-clock-hand.js';

/** What faults work with. */
export interface FaultActionsContext {
  readonly world: EmulatedWorld;
  readonly actors: PageActors;
  readonly chats: PageChats;
  readonly faults: FaultSwitches;
  readonly clock: PageClockHand;
}

const DAY_SECONDS = 24 * 60 * 60;
const MAX_DELAY_MS = 10 * 60 * 1000;
/** Each timer that falls due is fired, and an app may have one every second. */
const MAX_ADVANCE_MS = 7 * DAY_SECONDS * 1000;
const MAX_STEP_MS = 3_650 * DAY_SECONDS * 1000;
const STATUSES = ['administrator', 'member', 'restricted', 'left', 'kicked'] as const;

/** Lets things go wrong. */
export class FaultActions {
  readonly #context: FaultActionsContext;

  constructor(context: FaultActionsContext) {
    this.#context = context;
  }

  readonly handlers: ActionHandlers<PageFaultAction> = {
    flood: (fields) => {
      this.#chat(fields).flood(fields.number('seconds', 0, DAY_SECONDS));
      return {};
    },
    outage: async (fields) => {
      await this.#context.faults.setOutage(fields.boolean('isOn'));
      return {};
    },
    slowAnswers: (fields) => {
      this.#context.faults.slowAnswers(fields.integer('delayMs', 0, MAX_DELAY_MS));
      return {};
    },
    removeTopic: (fields) => {
      const { world, actors } = this.#context;
      const room = actors.roomOf(fields);
      new EmulatedAgent(world, room, room.owner).deleteTopic(fields.integer('topicId'));
      return {};
    },
    forgetTopic: (fields) => {
      this.#chat(fields).forgetTopic(fields.integer('topicId'));
      return {};
    },
    redirectDeletedTopics: (fields) => {
      this.#chat(fields).redirectDeletedTopics(fields.boolean('isOn'));
      return {};
    },
    setBotStatus: (fields) => {
      const bot = this.#context.chats.bot(fields.integer('bot'));
      this.#chat(fields).setBotStatus(fields.choice('status', STATUSES), bot);
      return {};
    },
    setBotRights: (fields) => {
      const { id } = this.#context.chats.account(fields.integer('bot'));
      const room = this.#context.actors.roomOf(fields);
      const rights = readRights(fields.plain('rights'), createAdministratorRights(room.chat.type));
      if (room.statusOf(id) !== 'administrator') {
        throw new Error(`The bot is no administrator of chat ${room.id}, so it has no rights`);
      }
      this.#context.chats.chat(room).setBotRights(rights, this.#context.chats.bot(id));
      return {};
    },
    upgrade: (fields) => ({ chat: String(this.#chat(fields).upgrade().id) }),
    revokeToken: (fields) => {
      this.#context.chats.bot(fields.integer('bot')).revokeToken();
      return {};
    },
    stepClock: (fields) => {
      this.#context.clock.step(fields.integer('byMs', -MAX_STEP_MS, MAX_STEP_MS));
      return {};
    },
    advanceClock: (fields) => {
      this.#context.clock.advance(fields.integer('byMs', 0, MAX_ADVANCE_MS));
      return {};
    },
  };

  #chat(fields: ActionFields<'chat'>): EmulatedChat {
    return this.#context.chats.chat(this.#context.actors.roomOf(fields));
  }
}

/** @param usual The rights that there are in the chat. */
function readRights(
  wanted: Readonly<Record<string, unknown>>,
  usual: AdministratorRights,
): Partial<AdministratorRights> {
  const rights: Partial<AdministratorRights> = {};
  for (const [name, has] of Object.entries(wanted)) {
    if (!isRight(name, usual)) throw new Error(`rights.${name} is no right in this chat`);
    if (typeof has !== 'boolean') throw new Error(`rights.${name} must be true or false`);
    rights[name] = has;
  }
  return rights;
}

function isRight(name: string, usual: AdministratorRights): name is keyof AdministratorRights {
  return Object.hasOwn(usual, name);
}
