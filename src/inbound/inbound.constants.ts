/** The most files of an album (td: MessagesManager, `MAX_GROUPED_MESSAGES`). */
export const MAX_ALBUM_FILES = 10;

/** Injection token of the list of {@link UpdateHandler}s. */
export const UPDATE_HANDLERS = Symbol('UPDATE_HANDLERS');

/** Injection token of the queue of {@link AcknowledgementJob}s. */
export const ACKNOWLEDGEMENT_QUEUE = Symbol('ACKNOWLEDGEMENT_QUEUE');

/** Injection token of the queue of {@link InboundEvent}s. */
export const INBOUND_QUEUE = Symbol('INBOUND_QUEUE');
