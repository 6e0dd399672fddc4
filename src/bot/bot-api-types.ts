import type { ApiMethods, Opts } from '@grammyjs/types';

/** Files are named by id or URL; nothing is uploaded. */
type NoUpload = never;

/** The name of any Bot API method. */
export type BotApiMethod = keyof ApiMethods<NoUpload>;

/** The parameters of a Bot API method. */
export type BotApiParams<M extends BotApiMethod> = Opts<NoUpload>[M];

/** What a Bot API method returns. */
export type BotApiResult<M extends BotApiMethod> = ReturnType<ApiMethods<NoUpload>[M]>;
