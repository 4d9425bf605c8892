import type { StepUse } from '../../src/model/needs.ts';
import { githubScriptUse } from '../../src/needs/actions/github-script-use.ts';
import { shellUse } from '../../src/needs/scripts/shell-use.ts';
import type { StepContext, TokenReach } from '../../src/needs/step-context.ts';

/** A step whose script begins on line 10 of a workflow. */
export function stepWith(reach: Partial<TokenReach> = {}, more: Partial<StepContext> = {}): StepContext {
  return {
    place: { path: '.github/workflows/ci.yml', line: 9, column: 14, firstLine: 10 },
    reach: { env: {}, git: false, ...reach },
    repository: 'octo/hello',
    events: ['push'],
    ...more,
  };
}

export const GH = { env: { GH_TOKEN: '${{ github.token }}' } };

/** A use in short: `contents: write`, `? all`, `! administration: write`. */
export function short({ needs, uncertain, impossible }: StepUse): readonly string[] {
  const all = [
    ...needs.map(({ permission, level }) => `${permission}: ${level}`),
    ...uncertain.map(({ permissions }) => `? ${permissions === 'all' ? 'all' : permissions.join(' ')}`),
    ...impossible.map(({ what }) => `! ${what}`),
  ];
  return [...new Set(all)].sort();
}

/** What a script of bash uses, in short. */
export function bash(
  script: string,
  reach: Partial<TokenReach> = {},
  more: Partial<StepContext> = {},
): readonly string[] {
  return short(shellUse(script, 'bash', stepWith(reach, more)));
}

export function pwsh(script: string, reach: Partial<TokenReach> = {}): readonly string[] {
  return short(shellUse(script, 'pwsh', stepWith(reach)));
}

export function githubScript(script: string, more: Partial<StepContext> = {}, token?: string): readonly string[] {
  return short(githubScriptUse(script, stepWith({}, more), token));
}
