import type { HistoryMessage } from './history-message.interface.js';

/**
 * What is known of a history, or why there is none:
 *
 * - `no_method`: no method of this process is for the thread.
 * - `no_messages`: the methods know no messages of it.
 * - `failed`: a method has failed, which is in the log.
 */
export type ThreadHistory =
  | { readonly messages: readonly HistoryMessage[]; readonly problem?: undefined }
  | { readonly messages?: undefined; readonly problem: 'no_method' | 'no_messages' | 'failed' };
