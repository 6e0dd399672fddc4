import { defineConfig } from 'vitepress';
import { githubSlug } from './github-slug.js';
import { copyLinkedFiles } from './linked-files.js';
import { writeLlmsFiles } from './llms-files.js';
import { mermaidDiagrams } from './mermaid-diagrams.js';
import { repositoryLinks } from './repository-links.js';
import { sitePackages } from './site-packages.js';
import { rewrites, sidebar } from './pages.js';
import { searchedText } from './searched-text.js';

/** The pages stay where GitHub shows them, so the root of the repository is the source of the site. */
export default defineConfig({
  title: 'nestjs-telegram-support',
  description: 'A NestJS module that turns a Telegram chat into the support desk of any Nest app.',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcDir: '..',
  srcExclude: [
    '{.ci,.git,coverage,dist,examples,scripts,src,test}/**',
    'packages/telegram-entities/**',
    '**/dist/**',
  ],
  rewrites,
  outDir: './.vitepress/dist',
  cacheDir: './.vitepress/cache',
  markdown: {
    anchor: { slugify: githubSlug },
    config(md) {
      md.use(repositoryLinks).use(mermaidDiagrams);
    },
  },
  themeConfig: {
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local', options: { _render: searchedText } },
  },
  vite: {
    plugins: [sitePackages()],
    // The largest is Mermaid, which only pages with a diagram load.
    build: { chunkSizeWarningLimit: 4000 },
  },
  async buildEnd(config) {
    await writeLlmsFiles(config);
    await copyLinkedFiles(config);
  },
});
