/** The most bytes of an upload (Bot API, "Sending files"), and with a local Bot API server. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;
export const MAX_LOCAL_UPLOAD_BYTES = 2_000 * 1024 * 1024;

/** The most bytes of a photo, and of its width and height together in pixels (Bot API, sendPhoto). */
export const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
export const MAX_PHOTO_SIDES = 10_000;

/** How many times longer than the other one side of a photo may be (Bot API, sendPhoto). */
export const MAX_PHOTO_RATIO = 20;

/** How much of the beginning of a file is read to see what it is: the preview in a JPEG stands before its size. */
export const HEAD_BYTES = 256 * 1024;
