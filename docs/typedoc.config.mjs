import { OptionDefaults } from 'typedoc';

/** Writes `reference/api` from the types and their doc comments. */
export default {
  entryPoints: [
    '../src/index.ts',
    '../src/chat-widget/index.ts',
    '../src/testing/index.ts',
    '../src/chat-widget/widget/index.ts',
    '../src/terminus/index.ts',
  ],
  tsconfig: './tsconfig.typedoc.json',
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme'],
  out: 'reference/api',
  docsRoot: '.',
  readme: 'none',
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  membersWithOwnFile: ['Class', 'Interface'],
  modifierTags: [...OptionDefaults.modifierTags, '@publicApi'],
  excludeTags: ['@publicApi'],
  // Tables and types that exported types are made of.
  intentionallyNotExported: [
    'AttachmentKind',
    'ContentKind',
    'LANGUAGES',
    'NO_HISTORY_REASONS',
    'NOT_A_REPLY_REASONS',
    'NOT_DELETED_REASONS',
    'NoUpload',
    'RedisOption',
    'STATUS',
    'TextKey',
    'THREAD_EVENT_TYPES',
    'TopicObstacle',
    'WEEKDAYS',
  ],
  treatWarningsAsErrors: true,
};
