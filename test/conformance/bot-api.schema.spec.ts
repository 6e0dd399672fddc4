import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../support/run.js';
import { openApiTypes } from './api-types.program.js';
import { correctSchema } from './schema.corrections.js';
import { SchemaGenerator } from './schema.generator.js';
import { renderSchema } from './schema.renderer.js';

const FILE = join(projectFolder, 'src', 'testing', 'conformance', 'bot-api.schema.ts');

describe('The schema of the Bot API', () => {
  it('is what the installed types give', async () => {
    const schema = correctSchema(SchemaGenerator.generate(openApiTypes()));
    await expect(
      await renderSchema(schema, FILE),
      'the installed types give another schema; renew it with: npx vitest run test/conformance -u',
    ).toMatchFileSnapshot(FILE);
  });
});
