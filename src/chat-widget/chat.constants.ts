/** The option `path`. */
export const CHAT_PATH = Symbol('SUPPORT_CHAT_PATH');

/** The controller class of one chat, by whose routes its path is known. */
export const CHAT_CONTROLLER = Symbol('SUPPORT_CHAT_CONTROLLER');

/** The `TelegramService` of the bot of one chat. */
export const CHAT_TELEGRAM = Symbol('SUPPORT_CHAT_TELEGRAM');

/** What the ids of threads of the chat begin with: agents' handlers of the chat take these threads alone. */
export const THREAD_PREFIX = 'chat_';

/** The threads of the chat. */
export const CHAT_THREADS = /^chat_/;
