import { readLog } from '../../__tests__/observed/logs.ts';
import { policyText } from '../../src/edge/policy/load-policy.ts';
import { check } from '../../src/library.ts';
import { readPolicies } from '../../src/policy/read-policy.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import { CI } from '../seeds/several-files.ts';
import type { Target } from '../target.ts';

/** Long enough that whatever takes the square of it takes more than a second. */
const LENGTH = 120_000;

/** Stands between what comes first, what is repeated, and what comes last. */
const BETWEEN = '\ue000';

const inJob = (lines: string): string => `on: [push, pull_request_target]\njobs:\n  a:\n    runs-on: x\n${lines}`;
const inStep = (lines: string): string => inJob(`    steps:\n      - uses: actions/checkout@v6\n      - ${lines}`);

/** Where a long text may stand in what a stranger writes. */
const PLACES: readonly ((text: string, quoted: string) => void | Promise<void>)[] = [
  (text) => report(text),
  (_, quoted) => report(inStep(`run: ${quoted}\n        env: { GH_TOKEN: "\${{ github.token }}" }\n`)),
  (_, quoted) => report(inStep(`run: ${quoted}\n        shell: pwsh\n        env: { GH_TOKEN: "\${{ github.token }}" }\n`)),
  (_, quoted) => report(inStep(`run: ${quoted}\n        shell: cmd\n        env: { GH_TOKEN: "\${{ github.token }}" }\n`)),
  (_, quoted) => report(inStep(`uses: actions/github-script@v8\n        with: { script: ${quoted} }\n`)),
  (_, quoted) => report(inStep(`uses: octo/action@v1\n        with: { a: ${quoted}, token: ${quoted} }\n        env: { B: ${quoted} }\n`)),
  (_, quoted) => report(inStep(`uses: ${quoted}\n        name: ${quoted}\n`)),
  (_, quoted) => report(inStep(`run: x\n        if: ${quoted}\n        working-directory: ${quoted}\n        shell: ${quoted}\n`)),
  (_, quoted) => report(inJob(`    name: ${quoted}\n    if: ${quoted}\n    environment: ${quoted}\n    concurrency: ${quoted}\n    container: ${quoted}\n    strategy: { matrix: { a: [${quoted}] } }\n    steps: [{ run: x }]\n`)),
  (_, quoted) => report(`on: { push: { branches: [${quoted}], paths: [${quoted}] }, workflow_run: { workflows: [${quoted}] } }\njobs: { a: { uses: ${quoted}, with: { a: ${quoted} } } }\n`),
  (text) => report(inJob(`    permissions: write-all # effective-permissions: ignore${text.replaceAll('\n', ' ')}\n    steps: [{ run: x }]\n`)),
  (_, quoted) => report(`on: push\npermissions: { ${quoted}: write }\njobs: { ${quoted}: { runs-on: x, steps: [{ run: x }] } }\n`),
  (text) => report(inStep('uses: ./own\n'), { 'own/action.yml': text }),
  (text) => report(inStep('run: ./own/x.sh && python own/x.py && node own/x.js\n'), { 'own/x.sh': text, 'own/x.py': text, 'own/x.js': text }),
  (text) => report(inStep('uses: goreleaser/goreleaser-action@v6\n'), { '.goreleaser.yml': text }),
  async (text) => void readPolicies([await policyText('policy.yml', text)], { kind: 'github.com' }),
  async (_, quoted) => void readPolicies([await policyText('policy.yml', `version: 1\nlimits: [{ workflows: ${quoted}, permissions: { ${quoted}: read } }]\nextends: ${quoted}\n`)], { kind: 'github.com' }),
  (text) => void readLog(text, 50_000),
]; // prettier-ignore

async function report(workflow: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  const found = await check(
    { [CI]: workflow, ...more },
    { repository: 'octo/app', visibility: 'public', defaultPermissions: 'read' },
  );
  textReport(found, { width: 80, color: false });
  markdownReport(found);
}

/** What is known to be slow to read where a pattern is written without care. */
const SLOW = [
  ...['a', ' ', '\t', '\n', '\n ', ' \n', '(', ')', '[', ']', '{', '}', '"', "'", '`', '\\', '/', '.', ',', '-', '#', '@', '$', '%', '&', '|', '*', ':', ';', '=', '<', '>'],
  ...['${{', '}}', '${{}}', '${', '$(', '@a', '/.', '""', "''", '"&', '.containers.b', '.a', 'a.', 'a,', '${{ a', '{ ', 'if a; then ', '$((', '"$(', '<#', '@"\n', '`a', 'a=$a$a\n', '$a="$a$a"\n', 'set a=%a%%a%\n', 'export a=b\n', 'f(){ ', '&&', 'a && ', '!', '${', '-a ', "['a']", 'a\n', '\\\n', '#\n', '- a\n'],
]; // prettier-ignore

/** The first character chooses the place. */
const at = (place: number, ...parts: readonly string[]): string =>
  String.fromCharCode(126 + place) + parts.join(BETWEEN);

/** A short text, again and again, wherever a text may be long. */
export const LONG: Target = {
  name: 'long',
  longest: 40,
  seeds: () => PLACES.flatMap((_, place) => [at(place, '', 'a ', ''), at(place, '${{ ', 'a', ' }}')]),
  generate: (draw) => {
    const unit = draw.oneIn(4) ? draw.pick(SLOW) + draw.pick(SLOW) : draw.pick(SLOW);
    return at(draw.below(PLACES.length), draw.pick(['', '', ...SLOW]), unit, draw.pick(['', 'x', ...SLOW]));
  },
  run: async (text) => {
    const place = PLACES[(text.charCodeAt(0) || 0) % PLACES.length];
    const parts = text.slice(1).split(BETWEEN);
    const [before = '', unit = '', after = ''] = parts.length > 1 ? parts : ['', ...parts];
    const long = before + unit.repeat(LENGTH / Math.max(1, unit.length)) + after;
    await place?.(long, JSON.stringify(long));
  },
};
