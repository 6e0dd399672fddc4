import type { EmulatedWorld } from '../world/emulated-world.js';
import type { ActionFields, FieldOf } from './action-fields.js';
import type { ActionHandlers, ActionOutcome } from './action-handlers.js';
import type { PageWorldAction } from './page-action.interface.js';
import type { PageActors } from './page-actors.js';
import type { PageChats } from './page-chats.js';
import type { RoomKeys } from './room-keys.js';
import type { ChatRoom } from '../world/chat-room.js';

/** What the actions on chats and people work with. */
export interface WorldActionsContext {
  readonly world: EmulatedWorld;
  readonly keys: RoomKeys;
  readonly actors: PageActors;
  readonly chats: PageChats;
}

type NewChat = Extract<PageWorldAction, { readonly type: 'newChat' }>;
type SetMember = Extract<PageWorldAction, { readonly type: 'setMember' }>;

const MAX_NAME_LENGTH = 64;
const MAX_TITLE_LENGTH = 128;
const KINDS = ['private', 'group', 'supergroup', 'forum', 'channel'] as const;
const STATUSES = ['administrator', 'member', 'restricted', 'left', 'kicked'] as const;

/** Makes chats and people, and changes what people are in chats. */
export class WorldActions {
  readonly #context: WorldActionsContext;

  constructor(context: WorldActionsContext) {
    this.#context = context;
  }

  readonly handlers: ActionHandlers<PageWorldAction> = {
    newPerson: (fields) => {
      const { world, chats, actors } = this.#context;
      const name = fields.text('name', MAX_NAME_LENGTH).trim();
      if (!fields.has('chat')) return { person: world.people.get(name).id };
      return { person: chats.chat(actors.roomOf(fields)).join(name).user.id };
    },
    newChat: (fields) => ({ chat: this.#context.keys.keyOf(this.#create(fields)) }),
    setMember: (fields) => this.#setMember(fields),
  };

  #create(fields: ActionFields<FieldOf<NewChat>>): ChatRoom {
    const { world, chats } = this.#context;
    const kind = fields.choice('kind', KINDS);
    const isPrivate = kind === 'private';
    const name = fields.text('name', isPrivate ? MAX_NAME_LENGTH : MAX_TITLE_LENGTH).trim();
    switch (kind) {
      case 'private': {
        const bot = fields.has('bot') ? chats.account(fields.integer('bot')) : world.bots[0];
        return world.rooms.createPrivate(world.people.get(name), bot, 'member');
      }
      case 'group':
        return world.rooms.createGroup(name, 'administrator');
      case 'channel':
        return world.rooms.createChannel({ title: name }, 'administrator');
      case 'supergroup':
      case 'forum': {
        const isForum = kind === 'forum';
        return world.rooms.createSupergroup({ title: name, isForum }, 'administrator');
      }
    }
  }

  #setMember(fields: ActionFields<FieldOf<SetMember>>): ActionOutcome {
    const { world, actors, chats } = this.#context;
    const room = actors.roomOf(fields);
    const id = fields.integer('person');
    const name = world.people.find(id)?.first_name;
    if (name === undefined) throw new Error(`There is no person ${id}`);
    const chat = chats.chat(room);
    const isHere = room.has(id);
    switch (fields.choice('status', STATUSES)) {
      case 'member':
        if (isHere) chat.demote(name);
        else chat.join(name);
        return {};
      case 'administrator':
        if (!isHere) chat.join(name);
        chat.promote(name);
        return {};
      case 'restricted':
        chat.restrict(name);
        return {};
      case 'left':
        chat.kick(name);
        return {};
      case 'kicked':
        chat.ban(name);
        return {};
    }
  }
}
