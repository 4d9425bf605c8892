const WHOLE = /^\s*\$\{\{(.*)\}\}\s*$/s;

/**
 * What an expression about the run's event gives in runs of one: `${{ github.event_name != 'pull_request' }}` gives
 * `false` in those of pull requests. `null` for what other things decide.
 */
export function valueInEvent(written: string, event: string): 'true' | 'false' | null {
  const expression = WHOLE.exec(written)?.[1];
  if (expression === undefined || /[()]|\$\{\{/.test(expression)) return null;
  const either = expression.split('||').map((part) => bothIn(part, event));
  if (either.includes(true)) return 'true';
  return either.every((value) => value === false) ? 'false' : null;
}

function bothIn(expression: string, event: string): boolean | null {
  const values = expression.split('&&').map((part) => comparisonIn(part, event));
  if (values.includes(false)) return false;
  return values.every((value) => value === true) ? true : null;
}

function comparisonIn(text: string, event: string): boolean | null {
  const [, sign, name] = /^\s*github\.event_name\s*(==|!=)\s*'(\w+)'\s*$/.exec(text) ?? [];
  if (name === undefined) return null;
  return (name.toLowerCase() === event) === (sign === '==');
}
