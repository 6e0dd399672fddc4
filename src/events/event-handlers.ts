import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { LoadedMethods } from '../discovery/loaded-methods.js';
import type { MethodMark } from '../discovery/method-mark.js';
import { IncomingAttachments } from '../files/incoming-attachments.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import type { IncomingAttachment } from '../files/incoming-attachment.interface.js';
import type { DeletedReply } from './deleted-reply.interface.js';
import type { EditedReply } from './edited-reply.interface.js';
import {
  deletedReplyOf,
  editedReplyOf,
  eventHandlerOf,
  threadEventOf,
  threadReactionOf,
  threadReplyOf,
} from './event-handler.factory.js';
import type { EventHandler } from './event-handler.interface.js';
import { handlerName } from './handler-name.js';
import { ON_REPLY_DELETED } from './on-reply-deleted.decorator.js';
import { ON_REPLY_EDITED } from './on-reply-edited.decorator.js';
import { ON_THREAD_EVENT } from './on-thread-event.decorator.js';
import { ON_THREAD_REACTION } from './on-thread-reaction.decorator.js';
import { ON_THREAD_REPLY } from './on-thread-reply.decorator.js';
import type { ReplyEditedEvent, ReplyEvent } from './reply-event.interface.js';
import type { StoredEvent } from './stored-event.interface.js';
import {
  THREAD_EVENT_TYPES,
  type ThreadEvent,
  type ThreadEventType,
} from './thread-event.interface.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';
import type { ThreadReaction } from './thread-reaction.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/**
 * The app's methods for replies and other events of threads at one desk, with those of modules that are loaded lazily;
 * none with `replies: false`.
 */
@Injectable()
export class EventHandlers {
  readonly #replies: LoadedMethods<ThreadReply, ThreadFilter>;
  readonly #edits: LoadedMethods<EditedReply, ThreadFilter>;
  readonly #deletions: LoadedMethods<DeletedReply, ThreadFilter>;
  readonly #reactions: LoadedMethods<ThreadReaction, ThreadFilter>;
  readonly #events: Readonly<Record<ThreadEventType, LoadedMethods<ThreadEvent, ThreadFilter>>>;

  constructor(
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    private readonly settings: TelegramSettings,
    @Inject(IncomingAttachments) private readonly attachments: Pick<IncomingAttachments, 'of'>,
  ) {
    const methods = <T>(mark: MethodMark<T, ThreadFilter>): LoadedMethods<T, ThreadFilter> =>
      new LoadedMethods(explorer, modules, mark);
    this.#replies = methods(ON_THREAD_REPLY);
    this.#edits = methods(ON_REPLY_EDITED);
    this.#deletions = methods(ON_REPLY_DELETED);
    this.#reactions = methods(ON_THREAD_REACTION);
    this.#events = {
      closed: methods(ON_THREAD_EVENT.closed),
      reopened: methods(ON_THREAD_EVENT.reopened),
      noted: methods(ON_THREAD_EVENT.noted),
      'outside-hours': methods(ON_THREAD_EVENT['outside-hours']),
      overdue: methods(ON_THREAD_EVENT.overdue),
      'closing-soon': methods(ON_THREAD_EVENT['closing-soon']),
      revealed: methods(ON_THREAD_EVENT.revealed),
      claimed: methods(ON_THREAD_EVENT.claimed),
      released: methods(ON_THREAD_EVENT.released),
      transferred: methods(ON_THREAD_EVENT.transferred),
    };
  }

  /** The handlers of an event that exist now. */
  of(event: StoredEvent): readonly EventHandler[] {
    if (!this.settings.replies.isOn) return [];
    const { type } = event;
    switch (type) {
      case 'reply':
        return this.#handlers(type, this.#replies, () =>
          threadReplyOf(event, this.#filesOf(event)),
        );
      case 'reply.edited':
        return this.#handlers(type, this.#edits, () => editedReplyOf(event, this.#filesOf(event)));
      case 'reply.deleted':
        return this.#handlers(type, this.#deletions, () => deletedReplyOf(event));
      case 'reaction':
        return this.#handlers(type, this.#reactions, () => threadReactionOf(event));
      // A command has one method, which is called once: see `CommandProcessor`.
      case 'command':
        return [];
      default:
        return this.#handlers(type, this.#events[type], () => threadEventOf(event));
    }
  }

  /** The names of all handlers that exist now. */
  names(): string[] {
    if (!this.settings.replies.isOn) return [];
    return [
      ...this.#names('reply', this.#replies),
      ...this.#names('reply.edited', this.#edits),
      ...this.#names('reply.deleted', this.#deletions),
      ...this.#names('reaction', this.#reactions),
      ...THREAD_EVENT_TYPES.flatMap((type) => this.#names(type, this.#events[type])),
    ];
  }

  #filesOf({
    threadId,
    desk = DEFAULT_DESK,
    raw,
    album = [raw],
  }: ReplyEvent | ReplyEditedEvent): IncomingAttachment[] {
    return this.attachments.of(album, { threadId, desk });
  }

  #handlers<T>(
    type: StoredEvent['type'],
    methods: LoadedMethods<T, ThreadFilter>,
    argument: () => T,
  ): EventHandler[] {
    return methods.ofDesk(this.settings).map((method) => eventHandlerOf(type, method, argument));
  }

  #names<T>(type: StoredEvent['type'], methods: LoadedMethods<T, ThreadFilter>): string[] {
    return methods.ofDesk(this.settings).map(({ name }) => handlerName(type, name));
  }
}
