import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import type { DecoratedMethod } from '../discovery/decorated-method.interface.js';
import { isForDesk, type DeskFilter } from '../discovery/desk-filter.js';
import { LoadedMethods } from '../discovery/loaded-methods.js';
import { IncomingAttachments } from '../files/incoming-attachments.js';
import { DEFAULT_DESK } from '../threads/thread-record.js';
import { eventHandlerOf, threadEventOf, threadReplyOf } from './event-handler.factory.js';
import type { EventHandler } from './event-handler.interface.js';
import { handlerName } from './handler-name.js';
import { ON_THREAD_EVENT, type OnThreadEventOptions } from './on-thread-event.decorator.js';
import { ON_THREAD_REPLY, type OnThreadReplyOptions } from './on-thread-reply.decorator.js';
import type { StoredEvent } from './stored-event.interface.js';
import {
  THREAD_EVENT_TYPES,
  type ThreadEvent,
  type ThreadEventType,
} from './thread-event.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** The methods of this process that handle events of one type. */
type ThreadEventMethods = LoadedMethods<ThreadEvent, OnThreadEventOptions>;

/**
 * The app's methods for replies and other events of threads at one desk, with those of modules that are loaded lazily;
 * none with `replies: false`.
 */
@Injectable()
export class EventHandlers {
  readonly #replies: LoadedMethods<ThreadReply, OnThreadReplyOptions>;
  readonly #events: Readonly<Record<ThreadEventType, ThreadEventMethods>>;

  constructor(
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    private readonly settings: TelegramSettings,
    @Inject(IncomingAttachments) private readonly attachments: Pick<IncomingAttachments, 'of'>,
  ) {
    const methods = (type: ThreadEventType): ThreadEventMethods =>
      new LoadedMethods(explorer, modules, ON_THREAD_EVENT[type]);
    this.#replies = new LoadedMethods(explorer, modules, ON_THREAD_REPLY);
    this.#events = {
      closed: methods('closed'),
      reopened: methods('reopened'),
      noted: methods('noted'),
    };
  }

  /** The handlers of an event that exist now. */
  of(event: StoredEvent): readonly EventHandler[] {
    if (!this.settings.replies.isOn) return [];
    const { type } = event;
    if (type === 'reply') {
      const { threadId, desk = DEFAULT_DESK, raw, album = [raw] } = event;
      const reply = (): ThreadReply =>
        threadReplyOf(event, this.attachments.of(album, { threadId, desk }));
      return this.#own(this.#replies).map((method) => eventHandlerOf(type, method, reply));
    }
    const argument = (): ThreadEvent => threadEventOf(event);
    return this.#own(this.#events[type]).map((method) => eventHandlerOf(type, method, argument));
  }

  /** The names of all handlers that exist now. */
  names(): string[] {
    if (!this.settings.replies.isOn) return [];
    const replies = this.#own(this.#replies).map(({ name }) => handlerName('reply', name));
    const others = THREAD_EVENT_TYPES.flatMap((type) =>
      this.#own(this.#events[type]).map(({ name }) => handlerName(type, name)),
    );
    return [...replies, ...others];
  }

  /** The methods that are for this desk. */
  #own<T, O extends DeskFilter>(methods: LoadedMethods<T, O>): Array<DecoratedMethod<T, O>> {
    return methods.all().filter(({ options }) => isForDesk(options, this.settings));
  }
}
