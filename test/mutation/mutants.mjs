// Every small mistake that could be made in a source file, as text to put in the place of other text. The operators are
// those of the usual mutation testers; types, imports and property names are nobody's behaviour.
import ts from 'typescript';

const Kind = ts.SyntaxKind;
/** Operator -> what is written in its place. */
const OPERATORS = new Map([
  [Kind.LessThanToken, ['<=', '>=']],
  [Kind.LessThanEqualsToken, ['<', '>']],
  [Kind.GreaterThanToken, ['>=', '<=']],
  [Kind.GreaterThanEqualsToken, ['>', '<']],
  [Kind.EqualsEqualsEqualsToken, ['!==']],
  [Kind.ExclamationEqualsEqualsToken, ['===']],
  [Kind.AmpersandAmpersandToken, ['||']],
  [Kind.BarBarToken, ['&&']],
  [Kind.QuestionQuestionToken, ['&&']],
  [Kind.PlusToken, ['-']],
  [Kind.MinusToken, ['+']],
  [Kind.AsteriskToken, ['/']],
  [Kind.SlashToken, ['*']],
]);
const SWAPPED = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
]);
const DROPPED = ['filter', 'slice', 'map', 'reverse', 'sort', 'concat'];

/** @returns {{ operator: string, start: number, end: number, text: string, line: number, column: number }[]} */
export function mutantsOf(fileName, source) {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.ES2022, true);
  const found = [];
  const visit = (node) => {
    if (isNoBehaviour(node)) return;
    for (const [operator, at, text] of changesOf(node, source)) {
      const start = at.getStart(file);
      const { line, character } = file.getLineAndCharacterOfPosition(start);
      const end = at.getEnd();
      if (source.slice(start, end) === text) continue;
      found.push({ operator, start, end, text, line: line + 1, column: character + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isNoBehaviour(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node)
  );
}

function changesOf(node, source) {
  return RULES.flatMap((rule) => rule(node, source));
}

const RULES = [
  (node) => {
    if (!ts.isBinaryExpression(node)) return [];
    const token = node.operatorToken;
    return (OPERATORS.get(token.kind) ?? []).map((text) => ['operator', token, text]);
  },
  (node) => {
    if (node.kind === Kind.TrueKeyword && !isConst(node)) return [['boolean', node, 'false']];
    return node.kind === Kind.FalseKeyword ? [['boolean', node, 'true']] : [];
  },
  (node, source) => {
    if (!ts.isPrefixUnaryExpression(node)) return [];
    const operand = source.slice(node.operand.getStart(), node.operand.getEnd());
    if (node.operator === Kind.ExclamationToken) return [['unary', node, operand]];
    return node.operator === Kind.MinusToken ? [['unary', node, `+${operand}`]] : [];
  },
  (node) => {
    if (!ts.isBlock(node) || node.statements.length === 0) return [];
    return [['block', node, '{}']];
  },
  (node) => {
    const condition = ts.isConditionalExpression(node)
      ? node.condition
      : ts.isIfStatement(node)
        ? node.expression
        : null;
    return condition === null ? [] : ['true', 'false'].map((text) => ['condition', condition, text]);
  },
  (node) => {
    if (!ts.isStringLiteral(node) || isKey(node)) return [];
    return [['string', node, node.text === '' ? "'mutated'" : "''"]];
  },
  (node) => (ts.isTemplateExpression(node) ? [['string', node, '``']] : []),
  (node) => {
    if (!ts.isNumericLiteral(node) || isKey(node)) return [];
    return [['number', node, `${Number(node.text.replaceAll('_', '')) + 1}`]];
  },
  (node) => (ts.isArrayLiteralExpression(node) && node.elements.length > 0 ? [['array', node, '[]']] : []),
  (node) =>
    ts.isObjectLiteralExpression(node) && node.properties.length > 0 ? [['object', node, objectFor(node)]] : [],
  (node, source) => (ts.isCallExpression(node) ? callChanges(node, source) : []),
  (node) => {
    if (!ts.isArrowFunction(node) || ts.isBlock(node.body)) return [];
    return [['function', node.body, 'undefined']];
  },
  (node) => (ts.isCaseClause(node) && node.statements.length > 0 ? [['case', node, caseFor(node)]] : []),
];

function isConst(node) {
  return node.parent !== undefined && ts.isLiteralTypeNode(node.parent);
}

function isKey(node) {
  return (
    (ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
    ts.isLiteralTypeNode(node.parent) ||
    ts.isImportDeclaration(node.parent)
  );
}

function objectFor(node) {
  const isBody = ts.isParenthesizedExpression(node.parent) || !ts.isExpressionStatement(node.parent);
  return isBody ? '{}' : '({})';
}

function caseFor(node) {
  return `case ${node.expression.getText()}:`;
}

function callChanges(node, source) {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const name = callee.name.text;
  const swapped = SWAPPED.get(name);
  if (swapped !== undefined) return [['method', callee.name, swapped]];
  const receiver = source.slice(callee.expression.getStart(), callee.expression.getEnd());
  return DROPPED.includes(name) ? [['method', node, receiver]] : [];
}
