import { Injectable } from '@nestjs/common';

/** What is known of the bot beside its token. */
@Injectable()
export class BotProfile {
  #username: string | undefined;

  /** Remembers the username that a message of the bot shows; undefined changes nothing. */
  learnUsername(username: string | undefined): void {
    this.#username = username?.toLowerCase() ?? this.#username;
  }

  /** Whether a username, without the @, is known to be the bot's. */
  isNamed(username: string): boolean {
    return username.toLowerCase() === this.#username;
  }
}
