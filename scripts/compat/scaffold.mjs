import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appFiles, entriesInUse } from './app-files.mjs';
import { run } from './command.mjs';

const QUIET = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel', 'error'];
const PNPM = 'pnpm@12';

/** Of this project, with the versions of Nest that fit. */
const PEERS = {
  11: { '@nestjs/axios': '^4.0.1', '@nestjs/config': '^4.0.0', '@nestjs/terminus': '^11.0.0' },
  12: { '@nestjs/axios': '^12.0.0', '@nestjs/config': '^12.0.0', '@nestjs/terminus': '^12.0.0' },
};

/** What the CLI of Nest 12 asks for when it builds a monorepo. */
const RSPACK = {
  '@rspack/core': '*',
  'webpack-node-externals': '*',
  'tsconfig-paths-webpack-plugin': '*',
};

/** What the declarations name besides ioredis and BullMQ, and `skipLibCheck: false` needs. */
const TELEMETRY = { '@opentelemetry/api': '^1.9.0' };

/** What the options of TypeScript become in the app, by where it looks for packages. */
const RESOLUTIONS = {
  nodenext: {},
  node16: { module: 'node16', moduleResolution: 'node16' },
  // ts-jest makes them commonjs and node, which do not know resolvePackageJsonExports.
  bundler: {
    module: 'esnext',
    moduleResolution: 'bundler',
    resolvePackageJsonExports: undefined,
  },
  node: { module: 'commonjs', moduleResolution: 'node', resolvePackageJsonExports: undefined },
};

/** What docs/testing.md says of Jest, by what has installed the packages. */
const ES_MODULES = 'nestjs-telegram-support|telegram-bot-api-emulator|telegram-entities';
const JEST_IGNORES = {
  npm: `/node_modules/(?!(${ES_MODULES})/)`,
  pnpm: `/node_modules/(?!(\\.pnpm|${ES_MODULES})/)`,
};

/** An app as the CLI of Nest makes it, with the packed package in it. */
export class Scaffold {
  constructor(row, root, env, packed) {
    this.row = row;
    this.root = root;
    this.env = env;
    this.packed = packed;
    this.folder = join(root, 'shop');
  }

  get isMonorepo() {
    return this.row.scaffold.endsWith('monorepo');
  }

  get isEsm() {
    return this.row.nest === 12;
  }

  /** Where the source of the app is. */
  get source() {
    return this.isMonorepo ? 'apps/shop/src' : 'src';
  }

  /** The file that the built app starts with. */
  get main() {
    return this.isMonorepo ? 'dist/apps/shop/main.js' : 'dist/main.js';
  }

  async create() {
    const { nest } = this.row;
    const observe = nest === 12 ? ['--no-observe'] : [];
    const choices = ['--skip-git', '--skip-install', '--package-manager', 'npm', ...observe];
    await this.#run('scaffold', 'npx', [...this.#cli, 'new', 'shop', ...choices], this.root);
    if (this.isMonorepo) {
      await this.#run('scaffold', 'npx', [...this.#cli, 'generate', 'app', 'admin']);
    }
    if (this.row.scaffold === 'SWC') {
      await this.#changeJson('nest-cli.json', (config) => {
        config.compilerOptions = { ...config.compilerOptions, builder: 'swc', typeCheck: false };
      });
    }
    await this.#changeJson('tsconfig.json', (config) => {
      Object.assign(config.compilerOptions, RESOLUTIONS[this.row.resolution]);
      // TypeScript 6 calls them deprecated.
      if (this.row.typescript === '6') {
        Object.assign(config.compilerOptions, { ignoreDeprecations: '6.0', rootDir: '.' });
      }
    });
    if (this.row.nest === 11 && this.row.typescript === '6') {
      await this.#changeJson('tsconfig.build.json', (config) => {
        config.compilerOptions = { rootDir: './src' };
      });
    }
    if (this.row.manager === 'pnpm') {
      await this.#write('pnpm-workspace.yaml', 'strictDepBuilds: false\n');
    }
    await this.#changeJson('package.json', (manifest) => {
      if (this.row.nest === 12 && this.row.node === 20) {
        manifest.overrides = { 'file-type': '^21.3.0', 'light-my-request': '6.6.0' };
      }
      if (manifest.jest) manifest.jest.transformIgnorePatterns = [JEST_IGNORES[this.row.manager]];
    });
  }

  /** One real install of all that the app and its tests need. */
  async install() {
    const { nest, typescript, ioredis, bullmq, scaffold, manager } = this.row;
    const { product, emulator } = this.packed;
    const swc = { '@swc/cli': '^0.8.0', '@swc/core': '^1.15.0' };
    await this.#changeJson('package.json', (manifest) => {
      Object.assign(manifest.dependencies, {
        'nestjs-telegram-support': `file:${product}`,
        axios: '^1.21.0',
        ...PEERS[nest],
        ...(ioredis && { ioredis: `^${ioredis}.0.0`, bullmq: `^${bullmq}.0.0`, ...TELEMETRY }),
      });
      Object.assign(manifest.devDependencies, {
        'telegram-bot-api-emulator': `file:${emulator}`,
        typescript: typescript === '6' ? '~6.0.0' : '~5.9.0',
        ...(scaffold === 'SWC' && swc),
        ...(scaffold === 'rspack monorepo' && RSPACK),
      });
    });
    if (manager === 'npm') {
      // The CLI of Nest 12 asks for TypeScript 6.
      const isEarly = nest === 12 && typescript !== '6';
      const peers = isEarly ? ['--legacy-peer-deps'] : [];
      await this.#run('install', 'npm', ['install', ...QUIET, ...peers]);
    } else {
      const options = ['--prefer-offline', '--no-frozen-lockfile', '--reporter', 'append-only'];
      await this.#run('install', 'npx', ['--yes', '--prefer-offline', PNPM, 'install', ...options]);
    }
  }

  async write() {
    for (const [name, content] of Object.entries(appFiles(this.isEsm))) {
      await this.#write(join(this.source, name), content);
    }
    // The build leaves out what is there.
    await this.#write('test/entries-in-use.ts', entriesInUse);
  }

  async checkTypes() {
    const config = {
      extends: './tsconfig.json',
      compilerOptions: {
        noEmit: true,
        incremental: false,
        skipLibCheck: !this.row.ioredis,
        rootDir: '.',
      },
      include: [`${this.source}/**/*.ts`, 'test/entries-in-use.ts'],
      exclude: ['**/*.spec.ts'],
    };
    await this.#write('tsconfig.compat.json', JSON.stringify(config));
    await this.#run('type check', 'npx', ['tsc', '-p', 'tsconfig.compat.json']);
  }

  async build() {
    const which = this.isMonorepo ? ['shop'] : [];
    await this.#run('build', 'npx', ['nest', 'build', ...which]);
  }

  async test() {
    const output = await this.#run('test', 'npm', ['test', '--', 'support.spec']);
    if (!/1 passed/.test(output)) throw new Error('test: the runner found no test of ours');
  }

  /** The version of an installed package; undefined when there is none. */
  async versionOf(name) {
    try {
      const path = join(this.folder, 'node_modules', name, 'package.json');
      return JSON.parse(await readFile(path, 'utf8')).version;
    } catch (error) {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  get #cli() {
    return ['--yes', '--prefer-offline', `@nestjs/cli@${this.row.nest}`];
  }

  #run(step, command, args, cwd = this.folder) {
    return run(step, command, args, { cwd, env: this.env });
  }

  async #write(name, content) {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  async #changeJson(name, change) {
    const value = JSON.parse(await readFile(join(this.folder, name), 'utf8'));
    change(value);
    await this.#write(name, JSON.stringify(value, null, 2));
  }
}
