/** An error whose message the module has written itself, or made harmless: it is shown as it is. */
export abstract class OwnWordsError extends Error {}
