import { randomBytes } from 'node:crypto';
import type { TextOutput } from '../terminal/text-output.js';
import type { Mode } from './setup.options.js';

/**
 * The rights that the link asks for, by the mode. An administrator sees what agents write, and without that right no
 * service message can be removed. Names: https://core.telegram.org/api/links#groupchannel-bot-links.
 */
const RIGHTS = {
  topics: ['manage_topics', 'delete_messages'],
  replies: ['delete_messages'],
} as const satisfies Record<Mode, readonly string[]>;

/** Makes a guess hopeless: 16 letters, digits, _ and -. */
const NONCE_BYTES = 12;

/** How somebody shows in Telegram which chat is meant. */
export class Invitation {
  readonly #nonce = randomBytes(NONCE_BYTES).toString('base64url');

  constructor(
    private readonly username: string,
    private readonly mode: Mode,
  ) {}

  /** What is written in the chat by hand. */
  get command(): string {
    return `/start@${this.username} ${this.#nonce}`;
  }

  /** Whether a message is what the link, or somebody by hand, writes in the chat. */
  isAccepted(text: string | undefined): boolean {
    const [, , nonce] = /^\/start(@\w+)?\s+(\S+)\s*$/i.exec(text ?? '') ?? [];
    return nonce === this.#nonce;
  }

  write(output: TextOutput): void {
    const rights = RIGHTS[this.mode];
    const names = rights.map((right) => `"${right.replaceAll('_', ' ')}"`).join(' and ');
    const link = `https://t.me/${this.username}`;
    output.paragraph(
      'Open this link where you have Telegram, choose the group of your agents, and confirm that the bot becomes an administrator:',
    );
    output.paragraph();
    output.line(`  ${link}?startgroup=${this.#nonce}&admin=${rights.join('+')}`);
    output.paragraph();
    output.paragraph(
      `By hand: add @${this.username} to the group, make it an administrator who may ${names}, and write there:`,
    );
    output.paragraph();
    output.line(`  ${this.command}`);
    output.paragraph();
    output.paragraph('Are you the only agent? Then a private chat with the bot can be the desk:');
    output.paragraph();
    output.line(`  ${link}?start=${this.#nonce}`);
    output.paragraph();
  }
}
