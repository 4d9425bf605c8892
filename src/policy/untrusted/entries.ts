import type { JobInChain } from '../../calls/call-tree.ts';
import type { Position } from '../../model/position.ts';
import type { Step } from '../../model/workflow.ts';
import { isStepStopped } from '../../token/outsider.ts';
import { isReducedForForks } from '../../token/trigger-events.ts';
import { actionReference } from '../action-reference.ts';
import { isOutsiderCode, isOutsiderText, isPullRequestNumber, isRunBefore } from './outsider-values.ts';
import type { Reached } from './reach.ts';
import { inputOf, originsIn, variablesIn } from './scope.ts';
import type { Scope } from './scope.ts';
import type { ContextPath } from './values.ts';

/** How something that an outsider made comes into a job. */
export interface Entry {
  readonly kind: 'code' | 'artifact' | 'script';
  /** Where the step begins. */
  readonly position: Position;
  /** What the step does, for a sentence: `checks out the pull request`. */
  readonly does: string;
  /** Where the job runs what came in; `null` where no step evidently does. */
  readonly runAt: Position | null;
}

/** Actions that find the branch of a pull request for a comment on it. */
const FINDS_BRANCH =
  /^[^/]+\/(?:pull-request-comment-branch|resolve-pr-refs|get-workflow-origin|pull-request-branch)\b/;

/** What a script asks for to learn the commit or the branch of a pull request. */
const ASKS_FOR_HEAD = /\bhead\.(?:sha|ref)\b|\bheadRef(?:Oid|Name)\b|\bhead(?:_sha|_ref|Sha|Ref)\b/;

/** Commands that bring a pull request's code into the working directory. */
const FETCHES_PULL =
  /\bgh\s+pr\s+checkout\b|\bgit\b[^\n]*\b(?:refs\/)?pull\/[^\n]*\b(?:head|merge)\b|\bhub\s+pr\s+checkout\b/;
const TAKES_REF = /\bgit\s+(?:-C\s+\S+\s+)?(?:checkout|switch|merge|reset\s+--hard|pull|clone|worktree\s+add)\b/;

/** Commands that run what stands in the working directory: build tools, package managers, interpreters with a file. */
const RUNS_FILES =
  /(?:^|[\s;&|(])(?:(?:npm|pnpm|bun)\s+(?:ci|i|install|run|test|exec|start|build|t)\b|npx\s|yarn(?:\s|$)|make(?:\s|$)|cmake\s|cargo\s+(?:build|test|run|check|clippy|bench|doc|publish)\b|go\s+(?:build|test|run|generate|vet)\b|pip3?\s+install\s+(?:-\w+\s+)*(?:\.|-r\b|-e\b)|python3?\s+(?!-c\b|--version)\S|uv\s+(?:run|sync|pip)\b|poetry\s+(?:install|run)\b|pytest\b|tox\b|nox\b|pre-commit\s+run\b|mvnw?\b|\.?\/?gradlew?\b|\.\/\S|(?:bash|sh|node|ruby|perl|php|pwsh)\s+[\w./-]+\.\w+|bundle\s+(?:install|exec)\b|rake\b|composer\s+install\b|dotnet\s+(?:build|test|run|publish|restore)\b|docker\s+(?:build|compose)\b|docker-compose\b|deno\s+(?:run|task|test)\b|hugo(?:\s|$)|mkdocs\s+build\b|jekyll\s+build\b|sphinx-build\b|terraform\s+(?:init|plan|apply)\b|just\s|mix\s|swift\s+(?:build|test)\b|bazel\s|nix\s+(?:build|develop|run)\b)/m;

/** What turns the content of an artifact into more than data. */
const RUNS_ARTIFACT =
  />>\s*["']?\$\{?GITHUB_(?:ENV|PATH)\b|\bchmod\s+(?:-R\s+)?(?:[ugoa]*\+\w*x|[0-7]*[1357][0-7]*\s)|(?:^|[\s;&|])(?:source|eval)\s/m;

/**
 * How what an outsider made comes into a job: code that it checks out, artifacts that it downloads, texts that become
 * part of a script. Steps that a condition keeps out of such runs do not count.
 */
export function entriesOf({ job, file }: JobInChain, reached: Reached): readonly Entry[] {
  const steps = job.steps.filter(({ condition }) => !isStepStopped(condition, reached.contexts));
  return steps.flatMap((step, index): Entry[] => {
    const scope: Scope = { workflow: file.read.workflow, job, step };
    const later = steps.slice(index + 1);
    const entry = (kind: Entry['kind'], does: string, runAt: Position | null): Entry => ({
      kind,
      does,
      runAt,
      position: step.position,
    });
    const injected = injectedInto(step, reached, scope);
    if (injected !== undefined) {
      return [entry('script', `puts \`${injected.join('.')}\` into a script`, step.position)];
    }
    const code = codeOf(step, reached, scope, steps);
    if (code !== null) {
      const runsItself = step.run !== null && RUNS_FILES.test(afterFetching(step.run.text)) ? step : undefined;
      return [entry('code', code, (runsItself ?? later.find(runsFiles))?.position ?? null)];
    }
    const artifact = artifactOf(step, reached, scope);
    if (artifact === null) return [];
    const uses = [step, ...later].find(({ run }) => run !== null && RUNS_ARTIFACT.test(run.text));
    return [entry('artifact', artifact, uses?.position ?? null)];
  });
}

/** A text of the outsider's that GitHub puts into a script before the script is run. */
function injectedInto(step: Step, reached: Reached, scope: Scope): ContextPath | undefined {
  const script = step.run ?? (isAction(step, /^actions\/github-script$/) ? (inputOf(step, 'script') ?? null) : null);
  if (script === null) return undefined;
  return originsIn(script.text, scope).find((path) => isOutsiderText(path, reached));
}

/** What a step says that brings in the code of the pull request. */
function codeOf(step: Step, reached: Reached, scope: Scope, steps: readonly Step[]): string | null {
  if (step.run !== null) {
    const script = withoutComments(step.run.text);
    if (FETCHES_PULL.test(script) && mayBeOutsiders(reached)) return 'fetches the code of the pull request';
    const values = [...originsIn(script, scope), ...variablesIn(script, scope)];
    const takes = TAKES_REF.test(script) && values.some((path) => namesCode(path, reached, scope, steps));
    return takes ? 'checks out the code of the pull request' : null;
  }
  if (!isAction(step, /\/(?:checkout|checkout-action|action-checkout)$/)) return null;
  const given = [inputOf(step, 'ref'), inputOf(step, 'repository')].flatMap((input) => input ?? []);
  // In these events the commit of the run itself is the pull request's.
  if (isReducedForForks(reached.event) && given.length === 0) return 'checks out the code of the pull request';
  for (const { name, text } of given) {
    const origins = originsIn(text, scope);
    const isPull = /(?:^|\/)pull\//.test(text) && origins.some((path) => isPullRequestNumber(path, reached));
    if (isPull || origins.some((path) => namesCode(path, reached, scope, steps))) {
      return `checks out the code of the pull request (\`${name}: ${text}\`)`;
    }
  }
  return null;
}

/** Whether a value names a pull request's code, also where an earlier step or job looked it up. */
function namesCode(path: ContextPath, reached: Reached, scope: Scope, steps: readonly Step[]): boolean {
  if (isOutsiderCode(path, reached)) return true;
  const [context, id = '', , output = ''] = path;
  if (!mayBeOutsiders(reached) || !/sha|ref|head|branch|commit|repo/.test(output)) return false;
  if (context === 'needs') {
    const needed = scope.workflow.jobs.find((job) => job.id.toLowerCase() === id);
    return needed?.steps.some(looksUpHead) ?? false;
  }
  return context === 'steps' && steps.some((step) => step.id?.toLowerCase() === id && looksUpHead(step));
}

function looksUpHead(step: Step): boolean {
  const { uses, run } = step;
  if (uses !== null && FINDS_BRANCH.test(uses.text.toLowerCase())) return true;
  return ASKS_FOR_HEAD.test(run?.text ?? inputOf(step, 'script')?.text ?? '');
}

/** Whether a pull request that a run is about may be an outsider's. */
function mayBeOutsiders({ event }: Reached): boolean {
  return event !== 'issues' && event !== 'discussion' && event !== 'fork' && event !== 'watch';
}

/** What a step says that downloads what the run before this one made. */
function artifactOf(step: Step, reached: Reached, scope: Scope): string | null {
  if (reached.event !== 'workflow_run') return null;
  const does = 'downloads what the run of the pull request made';
  const isOfRunBefore = (text: string | undefined) =>
    text !== undefined && originsIn(text, scope).some((path) => isRunBefore(path, reached));
  if (step.run !== null) {
    const script = withoutComments(step.run.text);
    const values = [...originsIn(script, scope), ...variablesIn(script, scope)];
    const isFetched = /\bgh\s+run\s+download\b|\/artifacts\b/.test(script);
    return isFetched && values.some((path) => isRunBefore(path, reached)) ? does : null;
  }
  if (isAction(step, /\/(?:[\w-]*download[\w-]*artifacts?[\w-]*)$/)) {
    const run = inputOf(step, 'run-id', 'run_id', 'runid', 'workflow-run-id');
    return isOfRunBefore(run?.text) ? does : null;
  }
  const script = isAction(step, /^actions\/github-script$/) ? inputOf(step, 'script')?.text : undefined;
  if (script === undefined || !/\bdownloadArtifact\b/.test(script)) return null;
  const namesRun = /\bpayload\.workflow_run\.id\b/.test(script) || isOfRunBefore(script);
  return namesRun ? does : null;
}

function runsFiles({ uses, run }: Step): boolean {
  if (run !== null) return RUNS_FILES.test(withoutComments(run.text));
  return uses !== null && actionReference(uses.text)?.kind === 'local';
}

/** What comes after the first command that fetches or checks out. */
function afterFetching(script: string): string {
  const text = withoutComments(script);
  const starts = [text.search(FETCHES_PULL), text.search(TAKES_REF)].filter((at) => at >= 0);
  return starts.length === 0 ? '' : text.slice(Math.min(...starts)).replace(/^[^\n]*/, '');
}

function withoutComments(script: string): string {
  return script.replaceAll(/^\s*#.*$/gm, '').replaceAll('\\\n', ' ');
}

function isAction({ uses }: Step, name: RegExp): boolean {
  const reference = uses === null ? null : actionReference(uses.text);
  return reference?.kind === 'action' && name.test(reference.name);
}
