import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { ActionCore } from '../../src/edge/action/action-core.ts';
import { runAction } from '../../src/edge/action/run-action.ts';
import { checkActionLog, type Told } from '../oracles/action-log.ts';
import { checkWritten, filesBelow } from '../oracles/files.ts';
import { checkPage } from '../oracles/page.ts';
import { filesIn } from '../seeds/several-files.ts';
import { spread, workflowTexts } from '../seeds/texts.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';
import { isWritable } from './command.ts';

const INPUTS: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'sarif-file': 'out.sarif', 'json-file': 'out.json', 'default-permissions': 'write', visibility: 'public' },
  { 'what-if': 'default-permissions=read', report: 'new', 'fail-on': 'note' },
];

const DIAGRAMS = /^```mermaid\n[^]*?^```$/gm;

/** The whole action as a step of a run: its log, its summary and its files are as they should be. */
export const RUN: Target = {
  name: 'run',
  longest: 1500,
  seeds: () => spread(workflowTexts(), 60),
  run: async (text) => {
    const root = mkdtempSync(path.join(tmpdir(), 'fuzz-'));
    try {
      await runIn(root, text);
    } finally {
      rmSync(root, { recursive: true });
    }
  },
};

async function runIn(root: string, text: string): Promise<void> {
  const [workspace, temp, summary] = ['workspace', 'temp', 'summary.md'].map((name) => path.join(root, name)) as [
    ...[string, string, string],
  ];
  mkdirSync(temp);
  mkdirSync(path.join(workspace, '.github/workflows'), { recursive: true });
  for (const [name, content] of Object.entries(filesIn(text))) {
    if (!isWritable(name)) continue;
    mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    writeFileSync(path.join(workspace, name), content);
  }
  writeFileSync(summary, '');
  const before = filesBelow(root);
  const inputs = INPUTS[text.length % INPUTS.length] ?? {};
  const env = { GITHUB_WORKSPACE: workspace, GITHUB_REPOSITORY: 'octo/app', GITHUB_STEP_SUMMARY: summary };
  const { core, log, outputs } = recordingCore({ ...inputs, offline: 'true' });
  await runAction({ ...env, RUNNER_TEMP: temp, RUNNER_DEBUG: text.length % 2 === 0 ? '1' : '' }, core);
  checkActionLog(log);
  const result = String(outputs['result']);
  must(['pass', 'fail', 'error'].includes(result), () => `the result is ${result}`);
  must(result !== 'fail' || log.some(({ kind }) => kind === 'failed'), () => 'it fails and does not say so');
  checkPage(readFileSync(summary, 'utf8').replaceAll(DIAGRAMS, ''));
  const asked = new Set(['summary.md', 'workspace/out.sarif', 'workspace/out.json']);
  checkWritten(before, filesBelow(root), (name) => asked.has(name));
  for (const name of Object.values(inputs).filter((value) => /^out\./.test(value)))
    JSON.parse(readFileSync(path.join(workspace, name), 'utf8'));
}

/** What `@actions/core` does, but for the runner: it prints lines as they are, and escapes the data of its commands. */
function recordingCore(inputs: Readonly<Record<string, string>>) {
  const log: Told[] = [];
  const outputs: Record<string, unknown> = {};
  const tell = (kind: Told['kind']) => (text: string) => void log.push({ kind, text });
  const core: ActionCore = {
    getInput: (name) => inputs[name] ?? '',
    debug: tell('escaped'),
    info: tell('line'),
    warning: tell('escaped'),
    startGroup: tell('escaped'),
    endGroup: () => {},
    setOutput: (name, value) => {
      outputs[name] = value;
    },
    setFailed: tell('failed'),
  };
  return { core, log, outputs };
}
