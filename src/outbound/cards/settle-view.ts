import type { TelegramSettings } from '../../config/telegram-settings.js';
import { maskedFields } from '../../context/masked-fields.js';
import type { CardView } from '../../notices/card-view.interface.js';

/** What a desk shows of how a thread stands: without what it masks, and where nobody answers, nobody waits. */
export function settleView(
  view: CardView,
  { replies, masker }: Pick<TelegramSettings, 'replies' | 'masker'>,
): CardView {
  const { waitingSinceMs, context, rating } = view;
  const hide = (text: string): string => masker.hide(text);
  return {
    ...view,
    waitingSinceMs: replies.isOn ? waitingSinceMs : undefined,
    context: context && maskedFields(context, hide),
    rating: rating?.comment === undefined ? rating : { ...rating, comment: hide(rating.comment) },
  };
}
