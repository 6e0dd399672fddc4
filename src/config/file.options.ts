import { IsBoolean, IsOptional, IsUrl } from 'class-validator';
import { IsDirectoryPath, IsWholeNumber } from './option-checks.js';
import { MAX_DATA_BYTES, MAX_TTL_SECONDS } from './option.constants.js';

/**
 * How files are sent and received.
 *
 * @publicApi
 */
export class FileOptions {
  /**
   * The most bytes that an attachment may be given as `data`. They are copied, and kept beside the notice until it is
   * posted, in Redis or in memory. Pass larger files by `path`, `url` or `load`.
   *
   * @default 10_485_760 (10 MiB)
   */
  @IsOptional()
  @IsWholeNumber('bytes', MAX_DATA_BYTES)
  maxBytes?: number | undefined;

  /**
   * Whether the `url` of an attachment may lead to this machine or into its network: to loopback, private and
   * link-local addresses. Set it only where no customer can choose the URL.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  allowPrivateUrls?: boolean | undefined;

  /**
   * How long a link to a file of an agent works.
   *
   * @default 3_600 (1 hour)
   */
  @IsOptional()
  @IsWholeNumber('seconds', MAX_TTL_SECONDS)
  ttlSeconds?: number | undefined;

  /**
   * The working directory of a local Bot API server (`--dir`), as this process sees it. Agents' files are read there
   * then, and attachments may have 2,000 MiB instead of 50 MiB.
   *
   * @default none: files are fetched from `apiRoot`
   */
  @IsOptional()
  @IsDirectoryPath()
  root?: string | undefined;

  /**
   * What links to files begin with, for example `https://app.example.com`.
   *
   * @default where `webhookUrl` leads; without it links are paths, such as `/telegram/webhook/files/…`
   */
  @IsOptional()
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false },
    { message: 'wants an https URL such as https://app.example.com' },
  )
  baseUrl?: string | undefined;
}
