import type { JobInChain } from '../calls/call-tree.ts';
import type { Uncertainty } from '../model/needs.ts';
import type { Position } from '../model/position.ts';
import type { NamedText, Step, WrittenText } from '../model/workflow.ts';

/**
 * Where a job uses what callers hand to its workflow, while nobody knows these callers: a secret that the workflow declares,
 * or an input that is named for a token, may hold the job's own token.
 */
export function handedByUnknownCallers({ caller, job, file }: JobInChain): readonly Uncertainty[] {
  const { call, env } = file.read.workflow;
  if (caller !== null || call === null) return [];
  const handed = [
    ...call.secrets.map(({ name }) => `secrets.${name}`),
    ...call.inputs.filter(({ name }) => /token/i.test(name)).map(({ name }) => `inputs.${name}`),
  ];
  if (handed.length === 0) return [];
  const found = (by: string, at: Position, texts: readonly (WrittenText | NamedText | null)[]): Uncertainty[] => {
    const name = handed.find((one) => texts.some((text) => text !== null && mentions(text.text, one)));
    if (name === undefined) return [];
    const because = `a caller may hand over the token as \`${name}\``;
    return [{ path: file.path, line: at.line, column: at.column, by, permissions: 'all', because }];
  };
  return [
    ...found('env', job.position, [...env, ...job.env]),
    ...job.steps.flatMap((step) => found(nameOf(step), placeOf(step), [step.run, ...step.with, ...step.env])),
  ];
}

function nameOf({ uses }: Step): string {
  return uses?.text.split('@', 1)[0] ?? 'run';
}

function placeOf({ uses, run, position }: Step): Position {
  return uses?.position ?? run?.position ?? position;
}

/** Whether an expression of a text names a value. */
function mentions(text: string, name: string): boolean {
  const [context = '', key = ''] = name.split('.');
  const word = key.replace(/[^\w-]/g, '\\$&');
  return new RegExp(`${context}\\s*(\\.\\s*${word}(?![\\w-])|\\[\\s*'${word}'\\s*\\])`, 'i').test(text);
}
