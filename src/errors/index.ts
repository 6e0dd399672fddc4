export { TelegramError, type TelegramErrorCode } from './telegram.error.js';
export { TelegramConfigError, type OptionProblem } from './telegram-config.error.js';
export { TelegramArgumentError } from './telegram-argument.error.js';
export { BotApiError, type BotApiFailure } from './bot-api.error.js';
export { BotApiRateLimitError } from './bot-api-rate-limit.error.js';
export { BotApiTransportError, type TransportFailure } from './bot-api-transport.error.js';
export { toError } from './to-error.js';
export { ThreadMappingError } from './thread-mapping.error.js';
