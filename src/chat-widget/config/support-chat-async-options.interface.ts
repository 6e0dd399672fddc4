import type { FactoryProvider } from '@nestjs/common';
import type { SupportChatExtras } from './support-chat-extras.interface.js';
import type { SupportChatOptions } from './support-chat.options.js';

/**
 * How `SupportChatModule.forRootAsync()` gets its options.
 *
 * @publicApi
 *
 * @example
 * SupportChatModule.forRootAsync({
 *   imports: [UsersModule],
 *   inject: [Users],
 *   useFactory: (users: Users) => ({ customer: (request) => users.ofSession(request.headers.cookie) }),
 * });
 */
export interface SupportChatAsyncOptions extends SupportChatExtras {
  /** Returns the options, or a promise of them. */
  useFactory: FactoryProvider<SupportChatOptions>['useFactory'];
  /** What is passed to `useFactory`. */
  inject?: FactoryProvider['inject'];
}
