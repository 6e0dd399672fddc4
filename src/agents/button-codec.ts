import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BotToken } from '../secrets/bot-token.js';
import type { Secret } from '../secrets/secret.js';

/** What a button does: run the command, ask whether it is meant, and the two answers to that. */
export type ButtonStep = 'run' | 'ask' | 'yes' | 'no';

/** What a button stands for. */
export interface ButtonAction {
  readonly step: ButtonStep;
  /** The name of the command. */
  readonly command: string;
  /**
   * What the command is given. Of the answers to a question: which question, since each is answered once. Small letters
   * and digits, 12 at most.
   */
  readonly argument?: string | undefined;
}

/** Where a button stands. */
export interface ButtonPlace {
  readonly chatId: number | string;
  readonly threadId: string;
  /** Of the answers to a question alone: a notice has no id before it is posted. */
  readonly messageId?: number | undefined;
}

const VERSION = '1';

/** 64 bits: whoever guesses has to press a button for each try, and 64 bytes are all that a button carries. */
const MAC_BYTES = 8;

const STEPS = { r: 'run', a: 'ask', y: 'yes', n: 'no' } as const satisfies Record<
  string,
  ButtonStep
>;
const LETTERS = { run: 'r', ask: 'a', yes: 'y', no: 'n' } as const satisfies Record<
  ButtonStep,
  keyof typeof STEPS
>;

const DATA = /^1([rayn])([a-z0-9_]{1,32})(?::([a-z0-9]{1,12}))?\.[\w-]{11}$/;

/** Writes and checks what buttons carry: the action, and a MAC over it, the chat, the thread and, where it is known, the message. */
@Injectable()
export class ButtonCodec {
  readonly #key: Secret;

  constructor(token: BotToken) {
    this.#key = token.derive('buttons');
  }

  /** The data of a button: 59 bytes at most. */
  write(
    { step, command, argument }: ButtonAction,
    { chatId, threadId, messageId }: ButtonPlace,
  ): string {
    const ofMessage = isAnswer(step) ? messageId : null;
    const signed = [step, command, argument, String(chatId), threadId, ofMessage];
    const mac = this.#key.sign(JSON.stringify(signed), MAC_BYTES).toString('base64url');
    const suffix = argument === undefined ? '' : `:${argument}`;
    return `${VERSION}${LETTERS[step]}${command}${suffix}.${mac}`;
  }

  /** What the data of a button say, whoever has written them; null for what is none of ours. */
  read(data: string): ButtonAction | null {
    const [, letter = '', command = '', argument] = DATA.exec(data) ?? [];
    const step = isLetter(letter) ? STEPS[letter] : undefined;
    if (!step || (isAnswer(step) && argument === undefined)) return null;
    return { step, command, argument };
  }

  /** Whether a button was made for one of these places. */
  isGenuine(data: string, action: ButtonAction, places: readonly ButtonPlace[]): boolean {
    return places.some((place) => {
      const [genuine, given] = [Buffer.from(this.write(action, place)), Buffer.from(data)];
      return genuine.length === given.length && timingSafeEqual(genuine, given);
    });
  }
}

function isLetter(text: string): text is keyof typeof STEPS {
  return Object.hasOwn(STEPS, text);
}

function isAnswer(step: ButtonStep): boolean {
  return step === 'yes' || step === 'no';
}
