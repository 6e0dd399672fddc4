import {
  GoneException,
  ServiceUnavailableException,
  UnprocessableEntityException,
  type HttpException,
} from '@nestjs/common';
import { TelegramFileError } from '../errors/index.js';

/** When to try again, where Telegram does not say it. */
const RETRY_AFTER_SECONDS = 5;

/** What to answer when Telegram does not give a file. */
export interface FileProblem {
  /** In words for those who have the link: the details are for the log. */
  readonly exception: HttpException;
  readonly retryAfterSeconds?: number;
}

/** Whatever is not known to be final may work later. */
export function fileProblemOf(thrown: unknown): FileProblem {
  const { problem, retryAfterMs } =
    thrown instanceof TelegramFileError ? thrown : { problem: 'unavailable' as const };
  switch (problem) {
    case 'gone':
      return { exception: new GoneException('This file is no longer available') };
    case 'too_big':
      return { exception: new UnprocessableEntityException('This file is too large to download') };
    case 'unavailable':
      return {
        exception: new ServiceUnavailableException('This file is not available at the moment'),
        retryAfterSeconds: retryAfterMs ? Math.ceil(retryAfterMs / 1000) : RETRY_AFTER_SECONDS,
      };
  }
}
