import { BotApiError, BotApiRateLimitError, BotApiTransportError } from '../errors/index.js';

/**
 * What a failed send means for what waits behind it.
 *
 * - `flood`: Telegram wants a pause.
 * - `outage`: Telegram cannot be reached, or is ill.
 * - `chat`: nothing can be sent to the chat until a person changes something.
 * - `message`: this very message is refused, whenever it is sent.
 */
export type SendFailureKind = 'flood' | 'outage' | 'chat' | 'message';

/** 400s that speak of the chat or of the bot's place in it (Client.cpp; MessageContent.cpp:6151). */
const CHAT_REFUSALS =
  /chat not found|chat_id is empty|group chat was upgraded|not enough rights|no write access|need administrator rights|CHAT_WRITE_FORBIDDEN|CHAT_ADMIN_REQUIRED|CHAT_RESTRICTED|TOPIC_CLOSED/;

/** Tells what kind of failure an error of a send is. */
export function kindOfSendFailure(error: BotApiError): SendFailureKind {
  if (error instanceof BotApiRateLimitError) return 'flood';
  if (error instanceof BotApiTransportError || error.errorCode >= 500) return 'outage';
  if (error.errorCode !== 400 && error.errorCode !== 413) return 'chat';
  return CHAT_REFUSALS.test(error.description) ? 'chat' : 'message';
}

/** Whether Telegram may have posted the message though the call failed. */
export function mayHaveArrived(error: BotApiError): boolean {
  return error instanceof BotApiTransportError ? error.maybePerformed : error.errorCode >= 500;
}

/** What the log advises on the two mistakes that a first setup makes. */
export function hintFor({ errorCode, description }: BotApiError): string {
  if (errorCode === 401) return '. Check the option botToken';
  return /chat not found/.test(description)
    ? '. Check the option adminChatId (the id of a supergroup begins with -100) and that the bot is a member'
    : '';
}
