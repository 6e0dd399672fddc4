import { format, resolveConfig } from 'prettier';
import type { BotApiSchema } from '../../src/conformance/bot-api-schema.interface.js';

/** The source of a module that holds a schema, as the formatter wants it. */
export async function renderSchema(schema: BotApiSchema, file: string): Promise<string> {
  const source = `
    // Generated from @grammyjs/types by test/conformance/schema.generator.ts. To renew it:
    // npx vitest run test/conformance -u
    import type { BotApiSchema } from './bot-api-schema.interface.js';

    /** What the Bot API expects of its callers. */
    export const BOT_API_SCHEMA: BotApiSchema = ${JSON.stringify(schema)};
  `;
  return format(source, { ...(await resolveConfig(file)), filepath: file });
}
