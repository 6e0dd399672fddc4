import { ArrayNotEmpty, IsArray, IsOptional, Matches } from 'class-validator';
import { IsWholeNumber } from '../../config/option-checks.js';
import { MAX_TTL_SECONDS } from '../../config/option.constants.js';

/** What Telegram takes of a bot: 50 MB (Bot API, sendDocument). */
const MAX_UPLOAD_BYTES = 52_428_800;

/** 1 TiB: more than a Redis holds. */
const MAX_CUSTOMER_BYTES = 1_099_511_627_776;

/** What a message may hold, `UserMessage.attachments`. */
const MAX_FILES = 100;

const TYPES_RULE = 'wants media types such as "image/png", "image/*" or "*/*"';

/**
 * The files that customers may send.
 *
 * @publicApi
 */
export class UploadOptions {
  /**
   * The most bytes of a file.
   *
   * @default 10_485_760 (10 MiB)
   */
  @IsOptional()
  @IsWholeNumber('bytes', MAX_UPLOAD_BYTES)
  maxBytes?: number | undefined;

  /**
   * The most bytes of all files of a customer that are kept at a time; a file counts as 4 KiB at least. What is beyond is
   * answered 413 until files expire or their messages are deleted.
   *
   * @default 104_857_600 (100 MiB)
   */
  @IsOptional()
  @IsWholeNumber('bytes', MAX_CUSTOMER_BYTES)
  maxBytesPerCustomer?: number | undefined;

  /**
   * The most files of a message.
   *
   * @default 10
   */
  @IsOptional()
  @IsWholeNumber('files', MAX_FILES)
  maxFiles?: number | undefined;

  /**
   * Which types are taken. The first bytes of a file decide on its type, not its name. What they do not show, such as a
   * text or an archive, is `application/octet-stream`; a list with that or with all types takes it.
   *
   * @default ['image/*', 'video/*', 'audio/*', 'application/pdf']
   */
  @IsOptional()
  @IsArray({ message: TYPES_RULE })
  @ArrayNotEmpty({ message: TYPES_RULE })
  @Matches(/^(?:\*\/\*|[a-z]+\/(?:\*|[\w!#$&^.+-]+))$/, { each: true, message: TYPES_RULE })
  types?: readonly string[] | undefined;

  /**
   * How long the bytes of a file are kept for the customer to see it again, after it was sent. Telegram has a copy of its
   * own. What is not sent is kept for an hour.
   *
   * @default 2_592_000 (30 days)
   */
  @IsOptional()
  @IsWholeNumber('seconds', MAX_TTL_SECONDS)
  keepSeconds?: number | undefined;
}
