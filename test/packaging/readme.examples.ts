import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../support/run.js';

/** What a new user copies out of the README and `docs/testing.md`, as it stands there. */
export interface ReadmeExamples {
  /** The packages that are installed, by the major version of Nest. */
  readonly install: Readonly<Record<11 | 12, readonly string[]>>;
  /** The packages that whoever tests an app installs. */
  readonly installTests: readonly string[];
  /** The packages that only an app with Redis installs. */
  readonly installRedis: readonly string[];
  /** Lines of a package.json. */
  readonly overrides: object;
  /** The whole program. */
  readonly quickStart: string;
  /** The controller of the app that is tested. */
  readonly controller: string;
  /** What its end-to-end test imports, and what that does. */
  readonly testImports: string;
  readonly testBody: string;
  /** Lines of a configuration of Jest. */
  readonly jest: object;
}

export async function readmeExamples(): Promise<ReadmeExamples> {
  const readme = await readFile(join(projectFolder, 'README.md'), 'utf8');
  const testing = await readFile(join(projectFolder, 'docs/testing.md'), 'utf8');
  const [controller, testImports, testBody] = [0, 1, 2].map((index) => block(testing, index));
  return {
    install: { 11: installed(readme, '# NestJS 11'), 12: installed(readme, '# NestJS 12') },
    installTests: installed(readme, '# only for your tests'),
    installRedis: installed(readme, '# only for the option redis'),
    overrides: jsonLine(readme, 'overrides'),
    quickStart: block(readme, 0),
    controller: String(controller),
    testImports: String(testImports),
    testBody: String(testBody),
    jest: jsonLine(testing, 'transformIgnorePatterns'),
  };
}

/** The TypeScript of the text, by its place from 0. */
function block(text: string, index: number): string {
  const code = [...text.matchAll(/```ts\n(.*?)```/gs)][index]?.[1];
  if (code === undefined) throw new Error(`There is no TypeScript number ${index}`);
  return code;
}

function installed(readme: string, comment: string): string[] {
  const line = readme.split('\n').find((text) => text.includes(comment));
  const packages = /^npm install (.*?) *#/.exec(line ?? '')?.[1];
  if (packages === undefined) throw new Error(`The README has no npm install with ${comment}`);
  return packages.split(' ');
}

function jsonLine(text: string, key: string): object {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`"${key}": `));
  if (line === undefined) throw new Error(`There is no line of JSON with ${key}`);
  const value: object = JSON.parse(`{${line}}`);
  return value;
}
