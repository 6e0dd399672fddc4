/**
 * What the module knows to mask by itself.
 *
 * @publicApi
 */
export type BuiltInMask = 'cards' | 'emails' | 'phones';

/**
 * A pattern of the app's own that is masked.
 *
 * @publicApi
 */
export interface MaskPattern {
  /** What it masks, such as `iban`: what `/reveal` and exports call it. */
  readonly name: string;
  /**
   * What is masked. It is run on the text as it is read: digits of all scripts are `0` to `9`, dashes `-`, and what is
   * invisible is left out. Its flags `g` and `y` do not matter. How long it takes is its own affair: avoid nested repeats.
   */
  readonly pattern: RegExp;
  /**
   * What stands in its place.
   *
   * @default '•••'
   */
  readonly shown?: string | undefined;
}

/**
 * What the option `privacy.mask` takes.
 *
 * @publicApi
 */
export type MaskRule = BuiltInMask | RegExp | MaskPattern;

/** A place of a text that was masked. */
export interface MaskedSpot {
  /** Of what kind it is: `cards`, `emails`, `phones`, or the name of a pattern. */
  readonly kind: string;
  readonly shown: string;
  readonly original: string;
}
