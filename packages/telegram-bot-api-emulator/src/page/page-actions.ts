import { BotApiError } from '../common/bot-api.error.js';
import type { JsonObject } from '../parameters/json-fields.js';
import { TextError } from '../text/text.error.js';
import { ActionFields, type FieldOf } from './action-fields.js';
import type { ActionHandlers } from './action-handlers.js';
import type { PageAction, PageActionResult } from './page-action.interface.js';
import { PageError } from './page.error.js';

/** Performs the actions of the page. */
export class PageActions {
  readonly #handlers: ActionHandlers<PageAction>;

  constructor(handlers: ActionHandlers<PageAction>) {
    this.#handlers = handlers;
  }

  /** @throws {@link PageError} With the words of why something cannot happen. */
  async perform(action: JsonObject): Promise<PageActionResult> {
    const { type } = action;
    if (!this.#isType(type)) {
      throw new PageError(400, `type must be one of ${Object.keys(this.#handlers).join(', ')}`);
    }
    try {
      return {
        ok: true,
        ...(await this.#handlers[type](new ActionFields<FieldOf<PageAction>>(action))),
      };
    } catch (error) {
      throw isRefusal(error) ? new PageError(400, error.message) : error;
    }
  }

  #isType(type: unknown): type is PageAction['type'] {
    return typeof type === 'string' && Object.hasOwn(this.#handlers, type);
  }
}

/** Whether an error says that something cannot happen. Others are bugs. */
function isRefusal(error: unknown): error is Error {
  return (
    error instanceof BotApiError ||
    error instanceof TextError ||
    (error instanceof Error && Object.getPrototypeOf(error) === Error.prototype)
  );
}
