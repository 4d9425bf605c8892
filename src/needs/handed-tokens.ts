import type { JobInChain } from '../calls/call-tree.ts';
import { givesToken } from './marked-text.ts';

/**
 * The expressions that give the job's token in a called workflow beside GitHub's own: inputs and secrets into which its
 * caller puts the token.
 */
export function handedTokens({ caller }: JobInChain): readonly string[] {
  const call = caller?.job.uses;
  if (caller === null || call === undefined || call === null) return [];
  const above = handedTokens(caller);
  const handing = (values: readonly { readonly name: string; readonly expression?: string }[], context: string) =>
    values
      .filter(({ expression }) => expression !== undefined && isToken(expression, above))
      .map(({ name }) => `${context}.${name}`);
  const secrets = call.secrets === 'inherit' ? above.filter((one) => one.startsWith('secrets.')) : null;
  return [
    ...handing(call.inputs, 'inputs'),
    ...(secrets ?? handing(call.secrets === 'inherit' ? [] : call.secrets, 'secrets')),
  ];
}

function isToken(written: string, above: readonly string[]): boolean {
  return givesToken(written.replace(/^\s*\$\{\{|\}\}\s*$/g, ''), above);
}
