import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openApiTypes } from './api-types-program.js';
import { correctSchema } from './schema-corrections.js';
import { SchemaGenerator } from './schema-generator.js';
import { renderSchema } from './schema-renderer.js';

const FILE = fileURLToPath(new URL('../../src/conformance/bot-api-schema.ts', import.meta.url));

describe('The schema of the Bot API', () => {
  it('is what the installed types give', async () => {
    const schema = correctSchema(SchemaGenerator.generate(openApiTypes()));
    await expect(
      await renderSchema(schema, FILE),
      'the installed types give another schema; renew it with: npx vitest run --project unit bot-api-schema.spec -u',
    ).toMatchFileSnapshot(FILE);
  });
});
