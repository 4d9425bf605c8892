import type { Policy } from '../../src/model/policy.ts';
import type { Finding } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { policyText } from '../helpers/policies.ts';
import type { RuleName } from '../../src/policy/rule-table.ts';
import { judgementWithCalls, POLICY_PATH, turnedOn } from '../helpers/judging.ts';
import { wrapped } from './example-result.ts';
import type { Example } from './examples-in.ts';
import { inExample } from './in-example.ts';

/** The findings of a rule in the files of an example. */
export async function exampleFindings(example: Example, rule: RuleName): Promise<readonly Finding[]> {
  const workflows = example.files.filter((file) => file.path !== POLICY_PATH);
  return inExample({ ...example, files: workflows }, async ({ sources, base, settings, read }) => {
    const policy = turnedOn(policyOf(example, settings), rule);
    const { findings } = await judgementWithCalls(sources, settings, read, policy, 'real', base);
    return findings.filter((finding) => finding.rule === rule);
  });
}

function policyOf({ files }: Example, settings: Settings): Policy {
  const file = files.find(({ path }) => path === POLICY_PATH);
  if (file === undefined) return [];
  const read = readPolicy(policyText(file.yaml, POLICY_PATH), settings);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return [read.policy];
}

/** What a page says of findings, one block each. */
export function findingBlocks(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'no finding\n';
  const blocks = findings.map(({ level, path, line, column, message }) =>
    wrapped(`${level} ${path}:${line}:${column} ${message}`, '  ').join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}
