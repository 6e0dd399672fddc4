/** What goes wrong with the delivery of an update. */
export type DeliveryFault =
  | {
      /** The app's answer is lost, so that the same update comes again. */
      readonly kind: 'drop';
    }
  | {
      /**
       * The update comes once more after it was taken: the same one, or, as happens with button
       * presses, under an id of its own.
       */
      readonly kind: 'duplicate';
      /** False by default. */
      readonly newUpdateId?: boolean;
    }
  | {
      /** The next update of the same key goes first, as soon as there is one. */
      readonly kind: 'reorder';
    };
