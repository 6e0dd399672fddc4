import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';

/**
 * Makes the HTTP request of one call, and sees whether any of it may have left this process: none has
 * before its connection stands, which with TLS is the end of the handshake.
 */
export class RequestWriteTracker {
  #mayHaveLeft: boolean | undefined;

  /** Whether the server may have read some of the request; undefined when this was not asked to make it. */
  get mayHaveBeenSent(): boolean | undefined {
    return this.#mayHaveLeft;
  }

  /** The `transport` of axios's own adapter. A proxy, and a tunnel through it, stand in the options. */
  readonly transport = {
    request: (
      options: RequestOptions,
      onResponse: (response: IncomingMessage) => void,
    ): ClientRequest => {
      const isTls = options.protocol === 'https:';
      this.#mayHaveLeft = false;
      const request = (isTls ? https : http).request(options, onResponse);
      request.once('socket', (socket) => {
        if (request.reusedSocket) this.#mayHaveLeft = true;
        else socket.once(isTls ? 'secureConnect' : 'connect', () => (this.#mayHaveLeft = true));
      });
      return request;
    },
  };
}
