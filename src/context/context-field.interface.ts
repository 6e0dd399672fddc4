/**
 * Which thread a method with `@DescribeThread()` is to describe.
 *
 * @publicApi
 */
export interface ThreadDescriptionRequest {
  readonly threadId: string;
  /** The name of the desk that shows it. */
  readonly desk: string;
  /** The name of the customer, or what else is known of them. */
  readonly customer?: string | undefined;
  readonly subject?: string | undefined;
}

/**
 * Something that agents see of a thread on its card, such as the plan of the customer or their last order.
 *
 * @publicApi
 */
export interface ContextField {
  /** What it is, on one line. Up to 64 characters are shown. */
  readonly label: string;
  /** One line, which is escaped; up to 256 characters are shown. A `Date` is shown as time from now, such as "3 days ago". A blank one is left out. */
  readonly text: string | number | Date;
  /** Where the text leads: an http or https URL of at most 2,048 characters, without credentials. */
  readonly url?: string | null | undefined;
  /**
   * Whether agents copy the text by a tap on it.
   *
   * @default false
   */
  readonly copy?: boolean | null | undefined;
}
