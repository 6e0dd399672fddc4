import { buildMessage, ValidateBy } from 'class-validator';
import { isWebLink, WEB_LINK_RULE } from '../common/web-link.js';

/** Checks for a link that may be shown; see {@link isWebLink}. */
export function IsWebLink(): PropertyDecorator {
  return ValidateBy({
    name: 'isWebLink',
    validator: {
      validate: isWebLink,
      defaultMessage: buildMessage((prefix) => `${prefix}$property ${WEB_LINK_RULE}`),
    },
  });
}
