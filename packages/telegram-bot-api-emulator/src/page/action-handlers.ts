import type { ActionFields, FieldOf } from './action-fields.js';
import type { PageActionResult } from './page-action.interface.js';

/** What an action has led to. */
export type ActionOutcome = Omit<PageActionResult, 'ok'>;

/** Performs the actions of each type. What cannot happen throws. */
export type ActionHandlers<A extends { readonly type: string }> = {
  readonly [T in A['type']]: (
    fields: ActionFields<FieldOf<Extract<A, { readonly type: T }>>>,
  ) => ActionOutcome | Promise<ActionOutcome>;
};
