import { UnrecoverableError } from '../queue/unrecoverable.error.js';

/** A handler has used up its attempts. The message is that of the last error, as it may be shown. */
export class HandlerFailedError extends UnrecoverableError {}
