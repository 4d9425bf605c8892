import { bytesOf, settingsOf } from '../../__tests__/helpers/checking.ts';
import { check } from '../../src/check.ts';
import { policyText } from '../../src/edge/policy/load-policy.ts';
import { readPolicies } from '../../src/policy/read-policy.ts';
import { checkPositions } from '../oracles/positions.ts';
import { checkReport } from '../oracles/report.ts';
import { fromDocuments, filesOfDocuments } from '../seeds/texts.ts';
import { CI } from '../seeds/several-files.ts';
import type { Target } from '../target.ts';

const PATH = '.github/permissions-policy.yml';
const SETTINGS = settingsOf({ repository: 'octo/app', visibility: 'public' });

const WORKFLOW = `on: [push, pull_request_target]
jobs:
  build:
    permissions: write-all
    runs-on: ubuntu-latest
    steps: [{ uses: octo/action@v1 }, { run: gh issue close 1 }] # effective-permissions: ignore[excessive-permission] it is so
  deploy:
    runs-on: ubuntu-latest
    permissions: { contents: write, id-token: write }
    steps: [{ run: make }]
`;

/** What judges the same workflow by each policy. */
const FORCE = {
  baseline: null,
  origin: { path: PATH, from: 'folder', ref: null, commit: null },
  ignoredInBase: null,
  today: '2026-11-21',
  notices: [],
  gateChange: null,
  change: null,
} as const;

let count = 0;

/** Policy files, and what they make of a workflow. Every tenth report is written in all forms. */
export const POLICY: Target = {
  name: 'policy',
  longest: 1000,
  seeds: () => [...fromDocuments('yaml'), ...filesOfDocuments('.yml'), 'version: 1\n'],
  run: async (text) => {
    const read = readPolicies([await policyText(PATH, text)], SETTINGS.platform);
    if ('problems' in read) {
      checkPositions(text, read.problems);
      return;
    }
    const inForce = { ...FORCE, policy: read.policy };
    const sources = [{ path: CI, bytes: bytesOf(WORKFLOW) }];
    const report = check(sources, SETTINGS, { toolVersion: '1.0.0', failOn: 'error', inForce });
    if (count++ % 10 === 0) checkReport(report);
  },
};
