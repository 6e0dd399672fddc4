import { dirname, join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../support/run.js';
import { missingImports } from './block-imports.js';
import type { CodeBlock } from './markdown-blocks.js';

/** What TypeScript says of parameters without a type, which JavaScript cannot have. */
const IMPLICIT_ANY = new Set([7006, 7031]);

/** The imports at the beginning of a block. */
const IMPORTS = /^(?:\/\/.*\n)*(?:import [^;]*;.*\n+)+/;

/** What stands around a fragment. All see the members of `DocumentedApp` by `this`, and each has a scope of its own. */
const EXAMPLE = 'abstract class Example extends DocumentedApp {';
const STATEMENTS = { before: `${EXAMPLE} async example() {`, after: '} }' };
const PROPERTIES = { before: `${EXAMPLE} value = {`, after: '}; }' };
const MEMBERS = { before: EXAMPLE, after: '}' };

/** Checks blocks of TypeScript and of JavaScript, all in one program. */
export class BlockProgram {
  /** The files by their paths. */
  readonly #files = new Map<string, string>();
  /** The path of each block that has a file. */
  readonly #paths = new Map<CodeBlock, string>();
  readonly #program: ts.Program;
  readonly #folder: string;

  /** @param folder Where TypeScript believes the blocks to be, so that it finds the packages. No file is written. */
  constructor(blocks: readonly CodeBlock[], folder = join(projectFolder, 'test/docs/pages')) {
    this.#folder = folder;
    for (const block of blocks) {
      const page = join(folder, block.page.replace(/\.md$/, ''));
      const [, name] = /^\/\/ ([\w./-]+\.ts)\n/.exec(block.code) ?? [];
      const path = join(page, name ?? `src/line-${block.line}.ts`);
      this.#files.set(path, moduleOf(block));
      this.#paths.set(block, path);
    }
    for (const path of this.#paths.values()) {
      const app = join(path, '../../src/app.module.ts');
      if (!this.#files.has(app)) this.#files.set(app, 'export class AppModule {}');
    }
    this.#program = ts.createProgram({
      rootNames: [...this.#files.keys()],
      options: compilerOptions(),
      host: this.#host(compilerOptions()),
    });
  }

  /** What is wrong with a block, each with its line in the page. */
  problemsOf(block: CodeBlock): string[] {
    const source = this.#program.getSourceFile(this.#paths.get(block) ?? '');
    if (!source) return [`${block.page}:${block.line} was not compiled`];
    const diagnostics = [
      ...this.#program.getSyntacticDiagnostics(source),
      ...this.#program.getSemanticDiagnostics(source),
    ];
    const isTyped = block.language !== 'js';
    const meant = diagnostics.filter(({ code }) => isTyped || !IMPLICIT_ANY.has(code));
    return meant.map(({ start = 0, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      const text = ts.flattenDiagnosticMessageText(messageText, ' ');
      return `${block.page}:${block.line + line}: ${text}`;
    });
  }

  #foldersOf(path: string): string[] {
    const parent = dirname(path);
    return parent === this.#folder ? [parent] : [parent, ...this.#foldersOf(parent)];
  }

  #host(options: ts.CompilerOptions): ts.CompilerHost {
    const host = ts.createCompilerHost(options, true);
    const folders = new Set([...this.#files.keys()].flatMap((path) => this.#foldersOf(path)));
    return {
      ...host,
      fileExists: (path) => this.#files.has(path) || host.fileExists(path),
      readFile: (path) => this.#files.get(path) ?? host.readFile(path),
      directoryExists: (path) => folders.has(path) || host.directoryExists?.(path) === true,
      getSourceFile: (path, ...others) => {
        const text = this.#files.get(path);
        if (text === undefined) return host.getSourceFile(path, ...others);
        return ts.createSourceFile(path, text, options.target ?? ts.ScriptTarget.Latest, true);
      },
    };
  }
}

/**
 * The module that a block is, or that it is a fragment of: statements, properties of an object, or members of a class.
 * Lines keep their numbers.
 */
function moduleOf({ page, code }: CodeBlock): string {
  const [imports = ''] = IMPORTS.exec(code) ?? [];
  const rest = code.slice(imports.length);
  if (/^export /m.test(rest) || (imports !== '' && parses(rest))) {
    return `${missingImports(page, code, false)}${code}export {};`;
  }
  const wrappings = /^@/m.test(rest) ? [MEMBERS] : [STATEMENTS, PROPERTIES, MEMBERS];
  const isFitting = ({ before, after }: typeof MEMBERS): boolean => parses(before + rest + after);
  const { before, after } = wrappings.find(isFitting) ?? STATEMENTS;
  const added = missingImports(page, `${imports}${before}${rest}`, imports === '');
  return `${added}${imports}${before}${rest}${after}`;
}

function parses(text: string): boolean {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { experimentalDecorators: true, target: ts.ScriptTarget.ESNext },
  });
  return diagnostics.length === 0;
}

/** As strict as the project, with the resolution of a bundler, and with what browsers have for the pages of the widget. */
function compilerOptions(): ts.CompilerOptions {
  const read = ts.readConfigFile(join(projectFolder, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  );
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, projectFolder);
  return {
    ...options,
    lib: ['lib.es2023.d.ts', 'lib.es2024.string.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: {
      ...options.paths,
      'nestjs-telegram-support/widget': ['./src/chat-widget/widget/index.ts'],
    },
    isolatedModules: false,
    verbatimModuleSyntax: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
}
