import type { Position } from '../../model/position.ts';
import type { Job, Step, Workflow } from '../../model/workflow.ts';
import { actionReference } from '../../workflow/action-reference.ts';
import { inputOf, originsIn } from '../untrusted/scope.ts';
import type { Scope } from '../untrusted/scope.ts';
import { valuesIn } from '../untrusted/values.ts';
import { inOrder } from '../../words/in-order.ts';
import { withoutComments } from '../untrusted/steps.ts';

/** What a job causes with its own token, and a workflow may wait for. */
export type Caused = 'release' | 'tag' | 'pages';

/** A step that certainly causes an event with the own token of its job. */
export interface Producer {
  readonly causes: readonly Caused[];
  readonly position: Position;
  /** What the step does, for a sentence. */
  readonly does: string;
}

interface Known {
  readonly action: RegExp;
  readonly causes: readonly Caused[];
  /** Inputs and variables that take a token; without any of them it is the own one, or none at all. */
  readonly tokens: readonly string[];
  /** Inputs that keep it from happening when they are written otherwise than `false`. */
  readonly unless: readonly string[];
}

/** Actions that make releases and tags, and push sites. Those that open pull requests are for people to merge, with their own tokens. */
const KNOWN: readonly Known[] = [
  {
    action: /^softprops\/action-gh-release$/,
    causes: ['release'],
    tokens: ['token', 'github_token'],
    unless: ['draft'],
  },
  { action: /^actions\/create-release$/, causes: ['release', 'tag'], tokens: ['github_token'], unless: ['draft'] },
  {
    action: /^ncipollo\/release-action$/,
    causes: ['release'],
    tokens: ['token', 'github_token'],
    unless: ['draft', 'allowupdates', 'updateonlyunreleased'],
  },
  {
    action: /^(?:googleapis|google-github-actions)\/release-please-action$/,
    causes: ['release', 'tag'],
    tokens: ['token'],
    unless: ['skip-github-release', 'draft'],
  },
  {
    action: /^mathieudutour\/github-tag-action$/,
    causes: ['tag'],
    tokens: ['github_token'],
    unless: ['dry_run'],
  },
  { action: /^anothrnick\/github-tag-action$/, causes: ['tag'], tokens: ['github_token'], unless: ['dry_run'] },
  {
    action: /^peaceiris\/actions-gh-pages$/,
    causes: ['pages'],
    tokens: ['github_token'],
    unless: ['deploy_key', 'personal_token', 'external_repository', 'publish_branch'],
  },
  {
    action: /^jamesives\/github-pages-deploy-action$/,
    causes: ['pages'],
    tokens: ['token'],
    unless: ['ssh-key', 'repository-name', 'dry-run'],
  },
];

/** The steps of a job that make releases, or push tags or a site, with the own token of the job. */
export function producersOf(job: Job, workflow: Workflow): readonly Producer[] {
  return job.steps.flatMap((step) => {
    const scope: Scope = { workflow, job, step };
    return [...byAction(scope), ...byScript(scope)];
  });
}

function byAction(scope: Scope): readonly Producer[] {
  const { step } = scope;
  const name = actionOf(step);
  const known = KNOWN.find(({ action }) => name !== null && action.test(name));
  if (known === undefined || name === null || isKept(step, known.unless)) return [];
  const tokens = [...step.with, ...variables(scope)].filter((one) => known.tokens.includes(one.name.toLowerCase()));
  const isOwn = tokens.every(({ text }) => isOwnToken(text, scope));
  return isOwn
    ? [{ causes: known.causes, position: step.position, does: `'${name}' in line ${step.position.line}` }]
    : [];
}

/** `draft: true`, or an input whose value only the run knows. */
function isKept(step: Step, inputs: readonly string[]): boolean {
  const input = inputOf(step, ...inputs);
  return input !== undefined && input.text.trim().toLowerCase() !== 'false';
}

const PUSHES = [/\bgit\b/i, /\bpush\b/i] as const;

const A_TAG = /--tags\b|--follow-tags\b|\brefs\/tags\/|\s"?v?\$\{?\w*(?:TAG|VERSION)\w*/i;

/** The branch that a site is built from by default. */
const PAGES = /[\s:/]gh-pages(?![\w-])/;

/** A tag such as `v1` that follows another one is nothing to wait for. */
const MOVES_OR_DELETES = /\s(?:--force\b|-f\b|--delete\b|-d\b|"?\+)/;

function byScript(scope: Scope): readonly Producer[] {
  const { step } = scope;
  if (step.run === null) return [];
  const script = withoutComments(step.run.text);
  const producer = (causes: readonly Caused[], what: string): Producer => ({
    causes,
    position: step.position,
    does: `\`${what}\` in line ${step.position.line}`,
  });
  const releases = script.match(/^.*\bgh\s+release\s+create\b.*/m)?.[0];
  const makesRelease = releases !== undefined && !/--draft\b|\s-d\b/.test(releases) && speaksAsItself(scope);
  const lines = script.split('\n');
  const pushes = lines.filter((line) => inOrder(line, ...PUSHES, A_TAG) && !MOVES_OR_DELETES.test(line));
  const pushesPages = lines.some((line) => inOrder(line, ...PUSHES, PAGES));
  const pushesTag = pushes.length > 0 && pushesAsItself(scope, script);
  return [
    ...(makesRelease ? [producer(['release'], 'gh release create')] : []),
    ...(pushesTag ? [producer(['tag'], 'git push')] : []),
    ...(pushesPages && pushesAsItself(scope, script) ? [producer(['pages'], 'git push')] : []),
  ];
}

/** Whether a script says where git pushes to, or with what. */
function setsAddress(script: string): boolean {
  return (
    /\bgit\s+remote\s+(?:set-url|add)/.test(script) ||
    script.split('\n').some((line) => inOrder(line, /\bgit\s+config\b/, /extraheader|insteadOf|credential/)) ||
    script.split(/\s/).some((word) => inOrder(word, /https:\/\//, /@/))
  );
}

/** Whether the variables that `gh` reads hold the own token, and not a stranger one. */
function speaksAsItself(scope: Scope): boolean {
  const tokens = variables(scope).filter(({ name }) => /^(?:GH_TOKEN|GITHUB_TOKEN)$/i.test(name));
  return tokens.length > 0 && tokens.every(({ text }) => isOwnToken(text, scope));
}

/** Whether git pushes with what `actions/checkout` stores by default: the own token. */
function pushesAsItself(scope: Scope, script: string): boolean {
  const checkouts = scope.job.steps.filter((step) => actionOf(step) === 'actions/checkout');
  const isStored = checkouts.every((step) => {
    const token = inputOf(step, 'token');
    const other = inputOf(step, 'ssh-key', 'repository');
    const persists = inputOf(step, 'persist-credentials')?.text.toLowerCase() !== 'false';
    return other === undefined && persists && (token === undefined || isOwnToken(token.text, scope));
  });
  const setsRemote = scope.job.steps.some(({ run }) => run !== null && setsAddress(run.text));
  const hasKey = scope.job.steps.some((step) => actionOf(step) === 'webfactory/ssh-agent');
  const hasSecret = [...valuesIn(script), ...variables(scope).flatMap(({ text }) => originsIn(text, scope))].some(
    ([context, name]) => context === 'secrets' && name !== 'github_token',
  );
  return checkouts.length > 0 && isStored && !setsRemote && !hasKey && !hasSecret;
}

function isOwnToken(text: string, scope: Scope): boolean {
  const [origin, ...others] = originsIn(text, scope).map((path) => path.join('.'));
  return others.length === 0 && (origin === 'github.token' || origin === 'secrets.github_token');
}

function variables({ step, job, workflow }: Scope) {
  return [...step.env, ...job.env, ...workflow.env];
}

function actionOf({ uses }: Step): string | null {
  const reference = uses === null ? null : actionReference(uses.text);
  return reference?.kind === 'action' ? reference.name : null;
}
