import ts from 'typescript';
import type {
  BotApiSchema,
  FieldsSpec,
  TypeSpec,
} from '../../src/conformance/bot-api-schema.interface.js';
import { type ApiTypes, FILE_TYPE } from './api-types-program.js';

/** Reads from types of the Bot API what a call may hold. */
export class SchemaGenerator {
  readonly #checker: ts.TypeChecker;
  readonly #methods = new Map<string, FieldsSpec>();
  readonly #objects = new Map<string, FieldsSpec>();
  readonly #unions = new Map<string, TypeSpec>();
  readonly #renamedMethods = new Map<string, string>();
  readonly #renamedFields = new Map<string, string>();

  private constructor({ checker, methods }: ApiTypes) {
    this.#checker = checker;
    for (const method of checker.getPropertiesOfType(methods)) this.#addMethod(method);
  }

  static generate(types: ApiTypes): BotApiSchema {
    const generator = new SchemaGenerator(types);
    return {
      methods: Object.fromEntries(generator.#methods),
      objects: Object.fromEntries(generator.#objects),
      unions: Object.fromEntries(generator.#unions),
      renamed: {
        methods: Object.fromEntries(generator.#renamedMethods),
        fields: Object.fromEntries(generator.#renamedFields),
      },
    };
  }

  #addMethod(method: ts.Symbol): void {
    const replacement = this.#replacementOf(method);
    if (replacement !== undefined) {
      this.#renamedMethods.set(method.name, replacement);
      return;
    }
    const [signature, ...others] = this.#checker.getTypeOfSymbol(method).getCallSignatures();
    if (!signature || others.length > 0) throw new Error(`${method.name} is no plain method`);
    const [parameters] = signature.parameters;
    this.#methods.set(method.name, parameters ? this.#fieldsOf(parameters, method.name) : {});
  }

  #fieldsOf(parameters: ts.Symbol, owner: string): FieldsSpec {
    const type = this.#checker.getTypeOfSymbol(parameters);
    return this.#fields(this.#checker.getNonNullableType(type), owner);
  }

  #fields(type: ts.Type, owner: string): FieldsSpec {
    const required = new Map<string, TypeSpec>();
    const optional = new Map<string, TypeSpec>();
    for (const field of this.#checker.getPropertiesOfType(type)) {
      const replacement = this.#replacementOf(field);
      if (replacement !== undefined) {
        this.#renamedFields.set(field.name, replacement);
        continue;
      }
      const fieldType = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(field));
      // A field of no type is one that a variant of an object says it does not have.
      if (fieldType.flags & ts.TypeFlags.Never) continue;
      const isOptional = (field.flags & ts.SymbolFlags.Optional) !== 0;
      const spec = this.#spec(fieldType, `${owner}.${field.name}`);
      (isOptional ? optional : required).set(field.name, spec);
    }
    return {
      ...(required.size > 0 && { required: Object.fromEntries(required) }),
      ...(optional.size > 0 && { optional: Object.fromEntries(optional) }),
    };
  }

  #spec(type: ts.Type, owner: string): TypeSpec {
    if (type.isUnion()) return this.#unionSpec(type, owner);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { oneOf: [type.value] };
    if (type === this.#checker.getTrueType()) return 'true';
    if (type.flags & ts.TypeFlags.String) return 'string';
    if (type.flags & ts.TypeFlags.Number) return 'number';
    // `string & {}` keeps an enumeration open.
    if (type.isIntersection() && type.types.some(({ flags }) => flags & ts.TypeFlags.String)) {
      return 'string';
    }
    if (this.#checker.isArrayType(type)) {
      const items = this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number);
      if (items) return { list: this.#spec(items, owner) };
    }
    if (type.symbol.name === FILE_TYPE) return 'upload';
    if (type.flags & ts.TypeFlags.Object) return this.#objectSpec(type, owner);
    throw new Error(`${owner} is of a type of no known kind: ${this.#checker.typeToString(type)}`);
  }

  #unionSpec(type: ts.UnionType, owner: string): TypeSpec {
    if (type.flags & ts.TypeFlags.Boolean) return 'boolean';
    const { aliasSymbol } = type;
    if (!aliasSymbol || !isOfApi(aliasSymbol)) return this.#membersSpec(type, owner);
    const name = aliasSymbol.name + this.#variantOf(type);
    if (!this.#unions.has(name)) {
      // The name is taken before the members are read, which may hold the union itself.
      this.#unions.set(name, { anyOf: [] });
      this.#unions.set(name, this.#membersSpec(type, name));
    }
    return name;
  }

  #membersSpec({ types }: ts.UnionType, owner: string): TypeSpec {
    const values = types.flatMap((type) =>
      type.isStringLiteral() || type.isNumberLiteral() ? [type.value] : [],
    );
    const [whole, ...others] = types.flatMap((type) =>
      type.isLiteral() || type === this.#checker.getFalseType() ? [] : [this.#spec(type, owner)],
    );
    if (whole === undefined) return { oneOf: values };

    const members = new Set<TypeSpec>([whole, ...others]);
    if (types.includes(this.#checker.getFalseType())) {
      members.delete('true');
      members.add('boolean');
    }
    // A text beside a file names a file.
    if (members.has('upload') && members.delete('string')) {
      members.delete('upload');
      members.add('file');
    }
    if (values.length > 0 && !members.has('string')) members.add({ oneOf: values });
    const [first = whole, ...rest] = [...members].toSorted(compareTypes);
    return rest.length === 0 ? first : { anyOf: [first, ...rest] };
  }

  #objectSpec(type: ts.Type, owner: string): string {
    const names = type.symbol.declarations?.flatMap(qualifiedName) ?? [];
    const name = names.length === 0 ? owner : names.join('.') + this.#variantOf(type);
    if (!this.#objects.has(name)) {
      this.#objects.set(name, {});
      this.#objects.set(name, this.#fields(type, name));
    }
    return name;
  }

  /** Generic types are used of {@link FILE_TYPE} and, where no upload is possible, of `never`. */
  #variantOf(type: ts.Type): string {
    return this.#checker.typeToString(type).endsWith('<never>') ? '<never>' : '';
  }

  #replacementOf(symbol: ts.Symbol): string | undefined {
    const tags = symbol.getJsDocTags(this.#checker);
    const tag = tags.find(({ name }) => name === 'deprecated');
    if (!tag) return undefined;
    const replacement = /`(\w+)`/.exec(ts.displayPartsToString(tag.text))?.[1];
    if (replacement === undefined) throw new Error(`What replaced ${symbol.name}?`);
    return replacement;
  }
}

/** The compiler has an order of its own, which may change with it. */
function compareTypes(left: TypeSpec, right: TypeSpec): number {
  const [one, other] = [JSON.stringify(left), JSON.stringify(right)];
  return one < other ? -1 : Number(one > other);
}

/** The namespaces and the name of an interface; nothing of an object without a name. */
function qualifiedName(declaration: ts.Declaration): string[] {
  const names: string[] = [];
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isInterfaceDeclaration(node) || ts.isModuleDeclaration(node)) {
      names.unshift(node.name.text);
    }
  }
  return names;
}

function isOfApi(symbol: ts.Symbol): boolean {
  return (
    symbol.declarations?.some((declaration) =>
      declaration.getSourceFile().fileName.includes('/@grammyjs/types/'),
    ) ?? false
  );
}
