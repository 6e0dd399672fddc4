import type { LinkPreviewOptions } from '@grammyjs/types';
import { BotApiFailure } from '../http/bot-api.failure.js';
import type { BotApiParameters } from './bot-api.parameters.js';
import { isJsonObject } from './json.fields.js';

/**
 * Reads `link_preview_options`, or where it is absent the older `disable_web_page_preview`.
 *
 * @throws {@link BotApiFailure}
 */
export function readLinkPreview(parameters: BotApiParameters): LinkPreviewOptions | undefined {
  if (!parameters.has('link_preview_options')) {
    return parameters.boolean('disable_web_page_preview') ? { is_disabled: true } : undefined;
  }
  let options: unknown;
  try {
    options = parameters.json('link_preview_options');
  } catch {
    throw BotApiFailure.of(400, "can't parse link preview options JSON object");
  }
  if (options === undefined) return undefined;
  if (!isJsonObject(options)) {
    throw BotApiFailure.of(400, 'object expected as link preview options');
  }
  const { url } = options;
  const kept: LinkPreviewOptions = {
    ...(options['is_disabled'] === true && { is_disabled: true }),
    ...(typeof url === 'string' && url !== '' && { url }),
    ...(options['prefer_small_media'] === true && { prefer_small_media: true }),
    ...(options['prefer_large_media'] === true && { prefer_large_media: true }),
    ...(options['show_above_text'] === true && { show_above_text: true }),
  };
  return Object.keys(kept).length === 0 ? undefined : kept;
}
