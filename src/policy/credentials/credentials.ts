import type { Position } from '../../model/position.ts';
import type { Job, NamedText, Step, Workflow } from '../../model/workflow.ts';
import { actionReference } from '../../workflow/action-reference.ts';
import { inputOf, originsIn } from '../untrusted/scope.ts';
import type { Scope } from '../untrusted/scope.ts';
import { valuesIn } from '../untrusted/values.ts';

/** Something beside the job's own token that GitHub takes from a step. */
export interface Credential {
  readonly kind: 'token' | 'app' | 'key';
  /** What tells it from others: the secret as `secrets.NAME`, or the action that makes the token. */
  readonly name: string;
  readonly position: Position;
  /** For the token of an App: whether it is limited to permissions; `null` where the action cannot do that. */
  readonly isLimited?: boolean | null;
}

/** Inputs that take a token of GitHub, whatever the action is. */
const TOKEN_INPUTS: ReadonlySet<string> = new Set(
  'github-token github_token githubtoken gh-token gh_token ghtoken repo-token repo_token git-token pat personal-access-token personal_access_token personal_token gh-pat gh_pat github-pat github_pat'.split(
    ' ',
  ),
);

/** Inputs whose name does not say whose token it is: it counts for these actions, and by the name of the secret. */
const ANY_TOKEN_INPUTS: ReadonlySet<string> = new Set(['token', 'access-token', 'access_token']);
const TAKES_GITHUB_TOKEN =
  /^(?:(?:actions|github|peter-evans|stefanzweifel|softprops|ncipollo|googleapis|google-github-actions|release-drafter|ad-m|jamesives|peaceiris|changesets|crazy-max|svenstaro|marvinpinto|hmarr|pascalgn|endbug|dawidd6|fastify|tibdex|amannn|actions-ecosystem|benc-uk|convictional|lewagon)\/)/;
const NAMES_GITHUB = /(?:^|_)(?:gh|github|pat|git|personal_access)(?:_|$)/i;

/** Variables that the command line of GitHub and most tools read a token from. */
const TOKEN_VARIABLES: ReadonlySet<string> = new Set([
  ...['gh_token', 'github_token', 'gh_enterprise_token', 'github_enterprise_token', 'gh_pat', 'github_pat'],
  ...['github_api_token', 'homebrew_github_api_token', 'git_token', 'github_access_token'],
]);

/** Actions that make a token of a GitHub App, and the inputs that limit what it may do. */
const APP_TOKENS: readonly { readonly name: RegExp; readonly limits: RegExp | null }[] = [
  { name: /^actions\/create-github-app-token$/, limits: /^permission-/ },
  { name: /^tibdex\/github-app-token$/, limits: /^permissions$/ },
  { name: /^peter-murray\/workflow-application-token-action$/, limits: /^permissions$/ },
  { name: /^wow-actions\/use-app-token$/, limits: null },
  { name: /^getsentry\/action-github-app-token$/, limits: null },
  { name: /^navikt\/github-app-token-generator$/, limits: null },
  { name: /^jnwng\/github-app-installation-token-action$/, limits: null },
  { name: /^machine-learning-apps\/actions-app-token$/, limits: null },
  { name: /^bobheadxi\/.*app-token.*$/, limits: null },
];

/** Where actions take the key of a deploy key. */
const KEYS: readonly { readonly name: RegExp; readonly inputs: readonly string[] }[] = [
  { name: /^actions\/checkout$/, inputs: ['ssh-key'] },
  { name: /^webfactory\/ssh-agent$/, inputs: ['ssh-private-key'] },
  { name: /^peaceiris\/actions-gh-pages$/, inputs: ['deploy_key'] },
  { name: /^jamesives\/github-pages-deploy-action$/, inputs: ['ssh-key'] },
];

/** A URL of GitHub with a user in front, as git takes it: `https://x-access-token:${{ … }}@github.com/…`. */
const URL = /https:\/\/([^\s@/"']*\$\{\{[^}]*\}\}[^\s@/"']*)@(?:www\.)?github\.com/g;

/** The credentials that the steps of a job use, with variables of the workflow and the job where steps can see them. */
export function credentialsOf(job: Job, workflow: Workflow): readonly Credential[] {
  if (job.steps.length === 0) return [];
  let credentials = known.get(job);
  if (credentials === undefined) {
    const ofVariables = [...workflow.env, ...job.env].flatMap((one) => tokenVariable(one));
    credentials = [...ofVariables, ...job.steps.flatMap((step) => inStep({ workflow, job, step }))];
    known.set(job, credentials);
  }
  return credentials;
}

/** A job is of one workflow, which many may call, and which the base may have too. */
const known = new WeakMap<Job, readonly Credential[]>();

function inStep(scope: Scope): readonly Credential[] {
  const { step } = scope;
  const urls = [...(step.run?.text ?? '').matchAll(URL)].flatMap(([, user = '']) => secretsIn(user, scope));
  return [
    ...appToken(step),
    ...key(scope),
    ...tokenInputs(scope),
    ...step.env.flatMap((one) => tokenVariable(one)),
    ...urls.map((name): Credential => ({ kind: 'token', name, position: step.run?.position ?? step.position })),
  ];
}

function appToken(step: Step): readonly Credential[] {
  const name = actionOf(step);
  const known = name === null ? undefined : APP_TOKENS.find((one) => one.name.test(name));
  if (known === undefined || name === null) return [];
  const isLimited =
    known.limits === null ? null : step.with.some((input) => known.limits?.test(input.name.toLowerCase()));
  return [{ kind: 'app', name, position: step.uses?.position ?? step.position, isLimited }];
}

function key(scope: Scope): readonly Credential[] {
  const name = actionOf(scope.step);
  const inputs = KEYS.find((one) => name !== null && one.name.test(name))?.inputs ?? [];
  const input = inputOf(scope.step, ...inputs);
  if (input === undefined) return [];
  return secretsIn(input.text, scope).map((secret) => ({ kind: 'key', name: secret, position: input.position }));
}

function tokenInputs(scope: Scope): readonly Credential[] {
  const action = actionOf(scope.step);
  if (action === null) return [];
  return scope.step.with.flatMap(({ name, text, position }): readonly Credential[] => {
    const input = name.toLowerCase();
    const isSure = TOKEN_INPUTS.has(input) || (ANY_TOKEN_INPUTS.has(input) && TAKES_GITHUB_TOKEN.test(action));
    if (!isSure && !ANY_TOKEN_INPUTS.has(input)) return [];
    const secrets = secretsIn(text, scope).filter(
      (secret) => isSure || NAMES_GITHUB.test(secret.slice('secrets.'.length)),
    );
    return secrets.map((secret) => ({ kind: 'token', name: secret, position }));
  });
}

function tokenVariable({ name, text, position }: NamedText): readonly Credential[] {
  if (!TOKEN_VARIABLES.has(name.toLowerCase())) return [];
  return valuesIn(text)
    .flatMap(secretName)
    .map((secret) => ({ kind: 'token', name: secret, position }));
}

function secretsIn(text: string, scope: Scope): readonly string[] {
  return originsIn(text, scope).flatMap(secretName);
}

function secretName([context, name]: readonly string[]): readonly string[] {
  const isOwn = name === 'github_token' || name === '*';
  return context === 'secrets' && name !== undefined && !isOwn ? [`secrets.${name.toUpperCase()}`] : [];
}

function actionOf({ uses }: Step): string | null {
  const reference = uses === null ? null : actionReference(uses.text);
  return reference?.kind === 'action' ? reference.name : null;
}
