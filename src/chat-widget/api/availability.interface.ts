/**
 * Whether somebody answers in the chat now.
 *
 * @publicApi
 */
export interface Availability {
  readonly isOpen: boolean;
  /** What customers read, such as "We are back on Monday". */
  readonly text?: string | undefined;
  /** When somebody answers again. */
  readonly opensAt?: Date | undefined;
}
