import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The type that stands for an uploaded file where the types of the Bot API leave it open. */
export const FILE_TYPE = 'InputFile';

/** The methods of the Bot API as the TypeScript compiler sees them. */
export interface ApiTypes {
  readonly checker: ts.TypeChecker;
  /** `ApiMethods` of `@grammyjs/types`, of {@link FILE_TYPE}. */
  readonly methods: ts.Type;
}

const ENTRY = fileURLToPath(new URL('entry.of-the-generator.ts', import.meta.url));
const SOURCE = `
  import type { ApiMethods } from '@grammyjs/types';
  export interface ${FILE_TYPE} { readonly isUploaded: unique symbol }
  export type Methods = ApiMethods<${FILE_TYPE}>;
`;

/** Compiles the installed `@grammyjs/types`. */
export function openApiTypes(): ApiTypes {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    types: [],
  };
  const program = ts.createProgram([ENTRY], options, createHost(options));
  const entry = program.getSourceFile(ENTRY);
  const problems = program.getSemanticDiagnostics(entry).map(({ messageText }) => messageText);
  if (problems.length > 0) throw new Error(`The types do not compile: ${JSON.stringify(problems)}`);

  const checker = program.getTypeChecker();
  const module = entry && checker.getSymbolAtLocation(entry);
  const methods = module?.exports?.get(ts.escapeLeadingUnderscores('Methods'));
  if (!methods) throw new Error('The types have no methods');
  return { checker, methods: checker.getDeclaredTypeOfSymbol(methods) };
}

/** The entry is in memory only: a file would be compiled and linted with the tests. */
function createHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (file) => isEntry(file) || host.fileExists(file),
    readFile: (file) => (isEntry(file) ? SOURCE : host.readFile(file)),
    getSourceFile: (file, ...rest) =>
      isEntry(file)
        ? ts.createSourceFile(file, SOURCE, ts.ScriptTarget.ES2023)
        : host.getSourceFile(file, ...rest),
  };
}

/** The compiler writes paths with slashes on every system. */
function isEntry(file: string): boolean {
  return file.replaceAll('\\', '/') === ENTRY.replaceAll('\\', '/');
}
