import type { BotApiEmulator } from 'telegram-bot-api-emulator';

/** What the Bot API answers; there is no result of a call that was refused. */
export interface BotApiAnswer<T> {
  readonly ok: boolean;
  readonly result?: T;
  readonly description?: string;
}

/** Calls the Bot API of an emulator as a bot of any library does, over HTTP. */
export async function callBotApi<T>(
  { apiRoot, bot }: BotApiEmulator,
  method: string,
  parameters: object,
): Promise<BotApiAnswer<T>> {
  const response = await fetch(`${apiRoot}/bot${bot.token}/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  const answer: BotApiAnswer<T> = JSON.parse(await response.text());
  return answer;
}
