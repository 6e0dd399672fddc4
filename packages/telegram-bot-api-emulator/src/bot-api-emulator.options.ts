import type { BotOptions } from './bots/bot.options.js';
import type { EmulatorLimits } from './floods/emulator-limits.options.js';
import type { PageOptions } from './page/page.options.js';
import type { Clock } from './time/clock.js';

/** How an emulator starts. */
export interface BotApiEmulatorOptions<C extends Clock = Clock> {
  /** The port on 127.0.0.1. By default a free one. */
  readonly port?: number;
  /**
   * The time of messages, flood windows and deliveries. By default the machine's own; a
   * `VirtualClock` stands still until the test moves it.
   */
  readonly clock?: C;
  /** How much the bots may send; `false` for any amount. */
  readonly limits?: EmulatorLimits;
  /** The bots; the first of them is `emulator.bot`. By default one. */
  readonly bots?: readonly BotOptions[];
  /**
   * Whether webhooks on this machine, too, must keep Telegram's rules: HTTPS, one of four ports, no
   * reserved address. False by default, since a test has no certificate.
   */
  readonly requireHttps?: boolean;
  /**
   * Lets the emulator be a Bot API server of one's own, run with `--local`: `getFile` answers with the
   * absolute path of a file that it has written to this directory, of any size; nothing is
   * downloaded over HTTP; uploads may take 2,000 MB and are kept on the disk. By default it is
   * api.telegram.org.
   */
  readonly localServer?: {
    /** An absolute path. What is written there is left there. */
    readonly directory: string;
  };
  /**
   * Up to which size bots can download files, in bytes. By default 20 MiB, as at Telegram; more is for
   * measuring how an app passes on what it downloads.
   */
  readonly maxDownloadBytes?: number;
  /**
   * Serves a page at `emulator.pageUrl`, in which a person acts as the people of the chats, and switches
   * faults on. It is for this machine only. An outage then cuts the connections of bots instead of
   * refusing them, so that the page stays. False by default.
   */
  readonly page?: boolean | PageOptions;
  /**
   * How long the `waitFor` methods, `idle()` and `settled()` wait where a call of them says nothing else, in real milliseconds. By default
   * 4,000, which is less than test runners give a test, so that the error is seen. Use more on a machine that is slow or shared.
   */
  readonly waitTimeoutMs?: number;
  /** Of faults that meet a share of the calls, of the later retries and of dice. 1 by default. */
  readonly seed?: number;
  /**
   * Gets what whoever writes the test should see: methods that the emulator does not know, above
   * all. By default it is written to the standard error stream.
   */
  readonly log?: (line: string) => void;
}
