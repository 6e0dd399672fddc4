import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../support/run.js';

/** What fragments use of other packages without importing it. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  '@nestjs/common': ['Get', 'Injectable', 'Module'],
  '@nestjs/config': ['ConfigModule', 'ConfigService'],
  '@nestjs/core': ['NestFactory'],
  '@nestjs/testing': ['Test'],
  '@nestjs/throttler': ['SkipThrottle'],
  'nestjs-cls': ['UseCls'],
  'node:stream': ['Readable'],
  'node:timers/promises': ['setTimeout'],
  rxjs: ['Observable'],
};

const ENTRIES: Readonly<Record<string, string>> = {
  'nestjs-telegram-support': 'src/index.ts',
  'nestjs-telegram-support/chat': 'src/chat-widget/index.ts',
  'nestjs-telegram-support/terminus': 'src/terminus/index.ts',
  'nestjs-telegram-support/testing': 'src/testing/index.ts',
  'telegram-bot-api-emulator': 'packages/telegram-bot-api-emulator/src/index.ts',
};

/** The modules by the names that they export; of two modules with one name the first. */
const modules = new Map<string, string>();
for (const [module, file] of Object.entries(ENTRIES)) {
  for (const name of exportedNames(file)) if (!modules.has(name)) modules.set(name, module);
}
for (const [module, names] of Object.entries(OTHERS)) {
  for (const name of names) modules.set(name, module);
}

/** The preludes of pages that write about other classes than those of an app that has customers. */
const PRELUDES: Readonly<Record<string, string>> = {
  'docs/health.md': 'health',
  'docs/testing.md': 'tests',
};

/** The file of what a page takes for granted. */
function preludeOf(page: string): string {
  const name = page.startsWith('packages/') ? 'emulator' : (PRELUDES[page] ?? 'app');
  return `test/docs/preludes/${name}.ts`;
}

/**
 * The imports that a block leaves out, on one line.
 *
 * @param isFragment Whether it may also use the packages without importing them.
 */
export function missingImports(page: string, code: string, isFragment: boolean): string {
  const prelude = preludeOf(page);
  const assumed = new Set(exportedNames(prelude));
  const wanted = new Map<string, string[]>();
  for (const name of namesIn(code)) {
    const known = isFragment ? modules.get(name) : undefined;
    const module = assumed.has(name) ? join(projectFolder, prelude.replace('.ts', '.js')) : known;
    if (module) wanted.set(module, [...(wanted.get(module) ?? []), name]);
  }
  const lines = [...wanted].map(
    ([module, names]) => `import { ${names.join(', ')} } from '${module}';`,
  );
  const request = isFragment && /\brequest\(/.test(code) ? "import request from 'supertest';" : '';
  return [...lines, request].join(' ');
}

/** The identifiers of a block, but for those that it declares or imports itself. */
function namesIn(code: string): Set<string> {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isMember = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isMember) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  for (const name of source.statements.flatMap(declaredBy)) names.delete(name);
  return names;
}

/** The names that a statement at the top of a module declares, imports or exports. */
function declaredBy(statement: ts.Statement): string[] {
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
    return [...(name ? [name.text] : []), ...named.map((element) => element.name.text)];
  }
  if (ts.isExportDeclaration(statement)) {
    const { exportClause: clause } = statement;
    return clause && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [];
  }
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name));
  }
  const isNamed =
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

function boundBy(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? boundBy(element.name) : [],
  );
}

/** Of a file whose exports are all named in it. */
function exportedNames(file: string): string[] {
  const text = readFileSync(join(projectFolder, file), 'utf8');
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return statements.filter((statement) => !ts.isImportDeclaration(statement)).flatMap(declaredBy);
}
