// The types of the library in one text: those that src/library.ts exports, and those of src/model that they are made of.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** Takes the path of the library's entry and returns the text of its `.d.ts`. */
export function libraryTypes(entry) {
  const declarations = new Map();
  const exported = [];
  collect(entry, new Set());
  const wanted = new Set();
  exported.forEach(want);
  const texts = [...declarations].filter(([name]) => wanted.has(name)).map(([, node]) => node.getFullText().trim());
  return `${texts.join('\n\n')}\n`;

  function collect(file, seen) {
    if (seen.has(file) || !(file === entry || file.includes('/model/'))) return;
    seen.add(file);
    for (const statement of statementsOf(file)) {
      const from = statement.moduleSpecifier?.text;
      if (from?.startsWith('.') && from.endsWith('.ts')) collect(join(dirname(file), from), seen);
      if (file === entry) exported.push(...namesOf(statement));
      if (statement.name !== undefined) declare(statement.name.text, statement);
    }
  }

  function declare(name, statement) {
    if (declarations.has(name)) throw new Error(`two types of the library are called ${name}`);
    declarations.set(name, statement);
  }

  function want(name) {
    if (wanted.has(name) || !declarations.has(name)) return;
    wanted.add(name);
    typesIn(declarations.get(name)).forEach(want);
  }
}

/** The names of the types that a declaration is made of. */
function typesIn(node) {
  const name = ts.isTypeReferenceNode(node)
    ? node.typeName
    : ts.isExpressionWithTypeArguments(node)
      ? node.expression
      : null;
  const names = name === null ? [] : [name.getText()];
  node.forEachChild((child) => void names.push(...typesIn(child)));
  return names;
}

function statementsOf(file) {
  const text = readFileSync(file, 'utf8');
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, isolatedDeclarations: true };
  const { outputText, diagnostics } = ts.transpileDeclaration(text, {
    fileName: file,
    compilerOptions,
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0)
    throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, '\n')}`);
  return ts.createSourceFile(file, outputText, ts.ScriptTarget.ES2022, true).statements;
}

function namesOf(statement) {
  if (statement.exportClause !== undefined) return statement.exportClause.elements.map(({ name }) => name.text);
  const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return isExported && statement.name !== undefined ? [statement.name.text] : [];
}
