import { UnrecoverableError } from '../queue/unrecoverable.error.js';

/** A handler has used up its attempts. The message is what it has thrown, as it may be shown. */
export class HandlerFailedError extends UnrecoverableError {}
