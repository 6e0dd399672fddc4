import type { RequiredProgram } from './required-program.js';

export const REDIS_SERVER: RequiredProgram = {
  commands: ['redis-server'],
  packages: ['redis-server'],
  advice:
    'The tests need Redis: set REDIS_URL, or put redis-server on the PATH (Debian: apt-get install redis-server)',
};

/** The setup says whether git would publish the token. */
export const GIT: RequiredProgram = {
  commands: ['git'],
  packages: ['git'],
  advice: 'The tests of the setup need git on the PATH (Debian: apt-get install git)',
};

export const CHROMIUM: RequiredProgram = {
  commands: ['chromium', 'chromium-browser', 'google-chrome'],
  pathVariable: 'CHROMIUM_PATH',
  // Without a font, Chromium shows no text at all.
  packages: ['chromium', 'fonts-liberation'],
  advice:
    'The browser tests need Chromium: set CHROMIUM_PATH, or put chromium on the PATH (Debian: apt-get install chromium)',
};
