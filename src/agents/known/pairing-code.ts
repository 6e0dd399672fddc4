import { createHash, randomBytes } from 'node:crypto';

/** What tells a code from what else a link to the bot may carry. Telegram takes 64 letters, digits, _ and - in all. */
const PREFIX = 'agent_';

const CODE_BYTES = 24;

/** As Telegram writes it for whoever follows a link in a private chat. */
const START = /^\/start(?:@\w{3,32})? (agent_[\w-]{32})$/;

/** A code that nobody can guess: 192 bits. */
export function createCode(): string {
  return PREFIX + randomBytes(CODE_BYTES).toString('base64url');
}

/** The code with which somebody starts the bot; undefined in any other text. */
export function startCodeIn(text: string | undefined): string | undefined {
  return START.exec(text ?? '')?.[1];
}

/** What is stored of a code, so that nobody who reads the store can use it. */
export function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}
