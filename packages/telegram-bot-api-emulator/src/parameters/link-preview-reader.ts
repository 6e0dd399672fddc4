import type { LinkPreviewOptions } from '@grammyjs/types';
import { BotApiError } from '../common/bot-api.error.js';
import type { BotApiParameters } from './bot-api-parameters.js';
import { isJsonObject, type JsonObject, optionalBoolean, optionalString } from './json-fields.js';
import { TextError } from '../text/text.error.js';

/**
 * Reads `link_preview_options`, or where it is absent the older `disable_web_page_preview`.
 *
 * @throws {@link BotApiError}
 */
export function readLinkPreview(parameters: BotApiParameters): LinkPreviewOptions | undefined {
  if (parameters.text('link_preview_options') === '') {
    return parameters.boolean('disable_web_page_preview') ? { is_disabled: true } : undefined;
  }
  let options: unknown;
  try {
    options = parameters.json('link_preview_options');
  } catch {
    throw BotApiError.of(400, "can't parse link preview options JSON object");
  }
  if (!isJsonObject(options)) {
    throw BotApiError.of(400, 'object expected as link preview options');
  }
  try {
    return readOptions(options);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, error.message);
  }
}

function readOptions(options: JsonObject): LinkPreviewOptions | undefined {
  const url = optionalString(options, 'url');
  const kept: LinkPreviewOptions = {
    ...(optionalBoolean(options, 'is_disabled') && { is_disabled: true }),
    ...(url !== '' && { url }),
    ...(optionalBoolean(options, 'prefer_small_media') && { prefer_small_media: true }),
    ...(optionalBoolean(options, 'prefer_large_media') && { prefer_large_media: true }),
    ...(optionalBoolean(options, 'show_above_text') && { show_above_text: true }),
  };
  return Object.keys(kept).length === 0 ? undefined : kept;
}
