import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { ClaimSettings } from '../../config/group-settings.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { Html } from '../../notices/html.js';
import type { PrivateNotice } from '../../outbound/jobs/agent-notified-job.interface.js';
import { AgentNotices } from '../../outbound/agent-notices.js';
import { DeskStorage } from '../../storage/desk-storage.js';
import type { TtlStore } from '../../storage/ttl-store.js';
import type { PlacedMessage } from '../../threads/placed-message.interface.js';
import type { Assignee } from '../../threads/thread-claims.js';
import type { Agent } from '../../updates/agent.js';
import { mentionOf, nameOf } from './agent-name.js';
import { ClaimButtons } from './claim-buttons.js';

/** Two agents who talk to a customer by turns are told once in this time. */
const WARNING_INTERVAL_MS = 10 * 60 * 1000;

/** That an agent has answered a thread that another one has. */
export interface Collision {
  /** The same when the reply arrives again, and for all files of an album. */
  readonly id: string;
  readonly threadId: string;
  /** The reply. */
  readonly message: PlacedMessage;
  readonly agent: Agent;
  readonly assignee: Assignee;
  readonly policy: ClaimSettings['policy'];
}

/** Tells agents that they have answered the same thread: each one alone where the bot may, else by a reply. */
@Injectable()
export class CollisionNotices {
  /** By thread and agents, as a hash, the reply that they were told of. */
  readonly #warned: TtlStore;

  constructor(
    private readonly notices: AgentNotices,
    private readonly buttons: ClaimButtons,
    private readonly settings: TelegramSettings,
    storage: DeskStorage,
  ) {
    this.#warned = storage.ttlStore('collisions', WARNING_INTERVAL_MS);
  }

  /** @throws When it could not be stored. */
  async tell(collision: Collision): Promise<void> {
    const { id, threadId, message, assignee, policy } = collision;
    if (policy === 'warn' && !(await this.#isNew(collision))) return;
    const keyboard = this.#keyboardOf(collision);
    const details = {
      threadId,
      command: 'claim',
      answer: String(this.#words(collision, mentionOf(assignee))),
      keyboard,
      isHold: policy === 'hold',
      privately: this.#privately(collision, keyboard),
    };
    await this.notices.notify('command_answered', message, details, `collision:${id}`);
  }

  #privately(
    collision: Collision,
    keyboard: InlineKeyboardMarkup | undefined,
  ): readonly PrivateNotice[] | undefined {
    const { agent, assignee, policy } = collision;
    // Of an anonymous administrator nobody knows who could be told.
    if (agent.anonymous) return undefined;
    // The reaction would show what an ephemeral message may fail to.
    if (policy === 'refuse' && !this.settings.reactions.deleted) return undefined;
    const answer = String(this.#words(collision, nameOf(assignee)));
    const own = { agentId: agent.id, answer, keyboard };
    if (policy === 'refuse') return [own];
    const told = this.settings.texts.html('collisionTold', { agent: nameOf(agent) });
    return [own, { agentId: assignee.id, answer: String(told) }];
  }

  #words({ agent, policy }: Collision, assignee: Html | string): Html {
    const { texts, claims } = this.settings;
    if (policy === 'warn') return texts.html('collisionWarned', { agent: assignee });
    if (policy === 'refuse') {
      return texts.html(agent.anonymous ? 'collisionRefusedAnonymous' : 'collisionRefused', {
        agent: assignee,
      });
    }
    const seconds = Math.ceil((claims?.holdMs ?? 0) / 1000);
    return texts.html('collisionHeld', { agent: assignee, seconds });
  }

  #keyboardOf({ threadId, message, agent, assignee, policy }: Collision) {
    if (policy === 'hold') return this.buttons.held(threadId, message, assignee.id);
    // Whoever takes it over cannot write as an administrator without a name.
    if (agent.anonymous && policy === 'refuse') return undefined;
    return this.buttons.takeOver(threadId, message.chatId, assignee.id);
  }

  /** Telegram delivers a reply again that could not be stored, so the same one passes twice. */
  async #isNew({ id, threadId, agent, assignee }: Collision): Promise<boolean> {
    // The name of a thread that is purged is not to be left.
    const pair = JSON.stringify([threadId, agent.id, assignee.id]);
    const key = createHash('sha256').update(pair).digest('base64url');
    return (await this.#warned.setIfAbsent(key, id)) === id;
  }
}
