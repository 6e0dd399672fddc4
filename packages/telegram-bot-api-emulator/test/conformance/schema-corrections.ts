import { isDeepStrictEqual } from 'node:util';
import type {
  BotApiSchema,
  FieldsSpec,
  TypeSpec,
} from '../../src/conformance/bot-api-schema.interface.js';

/**
 * Mends where the types differ from Telegram's documentation or server; throws where they no longer
 * do, so that the correction is deleted.
 */
export function correctSchema(schema: BotApiSchema): BotApiSchema {
  const { methods, unions } = schema;
  const { editStory, sendPoll, transferGift } = methods;
  const parseModes = ['Markdown', 'MarkdownV2', 'HTML'];
  return {
    ...schema,
    methods: {
      ...methods,
      editStory: retype(editStory, 'areas', 'StoryArea', { list: 'StoryArea' }),
      sendPoll: retype(sendPoll, 'description_parse_mode', 'string', 'ParseMode'),
      transferGift: loosen(transferGift, 'star_count'),
    },
    unions: {
      ...unions,
      // An empty code means everybody whose language has no texts of its own.
      LanguageCode: { oneOf: [...valuesOf(unions['LanguageCode']), ''] },
      // telegram-bot-api reads parse modes in lower case (Client.cpp, get_formatted_text).
      ParseMode: replace(
        unions['ParseMode'],
        { oneOf: parseModes },
        {
          oneOf: parseModes,
          ignoresCase: true,
        },
      ),
    },
  };
}

function retype(
  fields: FieldsSpec = {},
  name: string,
  wrong: TypeSpec,
  right: TypeSpec,
): FieldsSpec {
  const type = replace(fields.optional?.[name], wrong, right);
  return { ...fields, optional: { ...fields.optional, [name]: type } };
}

/** Lets a required field be optional. */
function loosen({ required = {}, optional = {} }: FieldsSpec = {}, name: string): FieldsSpec {
  const { [name]: type, ...rest } = required;
  if (type === undefined) throw new Error(`${name} is not required any more`);
  return { required: rest, optional: { ...optional, [name]: type } };
}

function replace(found: TypeSpec | undefined, wrong: TypeSpec, right: TypeSpec): TypeSpec {
  if (isDeepStrictEqual(found, wrong)) return right;
  throw new Error(`There is nothing to correct any more: ${JSON.stringify(found)}`);
}

function valuesOf(type: TypeSpec | undefined): ReadonlyArray<string | number> {
  if (typeof type === 'object' && 'oneOf' in type) return type.oneOf;
  throw new Error('The type is no enumeration any more');
}
