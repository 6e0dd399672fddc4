import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

/**
 * Makes the HTTP request of one call, and tracks whether any of it may have left this process: nothing has
 * before the connection is established, which with TLS means the end of the handshake.
 */
export class RequestWriteTracker {
  #mayHaveBeenSent: boolean | undefined;

  /** Whether the server may have read some of the request; undefined when the request was made in another way. */
  get mayHaveBeenSent(): boolean | undefined {
    return this.#mayHaveBeenSent;
  }

  /** For the option `transport` of axios. A proxy, and a tunnel through it, are in the options. */
  readonly transport = {
    request: (
      options: RequestOptions,
      onResponse: (response: IncomingMessage) => void,
    ): ClientRequest => {
      const isTls = options.protocol === 'https:';
      this.#mayHaveBeenSent = false;
      const request = (isTls ? https : http).request(options, onResponse);
      request.once('socket', (socket) => {
        if (request.reusedSocket) this.#mayHaveBeenSent = true;
        else socket.once(isTls ? 'secureConnect' : 'connect', () => (this.#mayHaveBeenSent = true));
      });
      return request;
    },
  };
}
