import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** The connections to Telegram, kept open between calls. */
export class BotApiConnections {
  readonly httpAgent = new HttpAgent({ keepAlive: true });
  readonly httpsAgent = new HttpsAgent({ keepAlive: true });

  /** Closes those that are idle. */
  close(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }
}
