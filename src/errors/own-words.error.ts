/** An error whose message was written or cleaned by the module, so that it is shown unchanged. */
export abstract class OwnWordsError extends Error {}
