import { isUint8Array } from 'node:util/types';
import { buildMessage, IsIn, IsOptional, IsString, ValidateBy } from 'class-validator';
import { ATTACHMENT_KINDS, type AttachmentKind } from '../files/attachment-kind.js';
import { IsBoundedText } from './is-bounded-text.decorator.js';

/** Signed links to object stores have some 2,000 characters. */
const LONGEST_URL = 8_192;
const LONGEST_PATH = 4_096;
const LONGEST_ID = 1_024;
const LONGEST_TYPE = 255;

const CONTENT_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\t -~]*)?$/;

/** The fields of an {@link OutgoingAttachment} as they are checked. */
export class AttachmentFields {
  @IsOptional()
  @IsBytes()
  data?: Uint8Array;

  @IsOptional()
  @IsBoundedText(LONGEST_PATH, 'the path of a file', (path) => !path.includes('\0'))
  path?: string;

  @IsOptional()
  @IsBoundedText(LONGEST_URL, 'an http or https URL without credentials', isWebUrl)
  url?: string;

  @IsOptional()
  @IsBoundedText(LONGEST_ID, 'an id for @LoadAttachment()')
  load?: string;

  @IsOptional()
  @IsString()
  name?: string;

  @IsOptional()
  @IsBoundedText(LONGEST_TYPE, 'a media type such as application/pdf', (type) =>
    CONTENT_TYPE.test(type),
  )
  contentType?: string;

  @IsOptional()
  @IsIn(['auto', ...ATTACHMENT_KINDS], {
    message: `$property must be one of auto, ${ATTACHMENT_KINDS.join(', ')}`,
  })
  as?: AttachmentKind | 'auto';
}

function IsBytes(): PropertyDecorator {
  return ValidateBy({
    name: 'isBytes',
    validator: {
      validate: (value: unknown) => isUint8Array(value),
      defaultMessage: buildMessage((prefix) => `${prefix}$property must be a Buffer or Uint8Array`),
    },
  });
}

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
