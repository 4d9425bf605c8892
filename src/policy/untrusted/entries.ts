import type { JobInChain } from '../../calls/call-tree.ts';
import type { Position } from '../../model/position.ts';
import type { Step } from '../../model/workflow.ts';
import { isStepStopped } from '../../token/outsider.ts';
import { isReducedForForks } from '../../token/trigger-events.ts';
import { artifactOf, artifactUse, isFromArtifact } from './artifacts.ts';
import { isOutsiderCode, isOutsiderText, isPullRequestNumber } from './outsider-values.ts';
import type { Reached } from './reach.ts';
import { tracedIn, tracedVariables } from './origins.ts';
import type { Origin, Place } from './origins.ts';
import { inputOf } from './scope.ts';
import { afterFirst, isAction, runsFiles, RUNS_FILES, withoutComments } from './steps.ts';

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
  /\bgh\s+pr\s+checkout\b|\bgh\s+pr\s+diff\b[^\n]*\|\s*(?:git\s+(?:apply|am)|patch)\b|\bgit\b[^\n]*\b(?:refs\/)?pull\/[^\n]*\b(?:head|merge)\b|\bhub\s+pr\s+checkout\b/;
const TAKES_REF =
  /\bgit\s+(?:-C\s+\S+\s+)?(?:checkout|switch|merge|reset\s+--hard|pull|clone|worktree\s+add|cherry-pick)\b|\bgh\s+repo\s+clone\b|\b(?:curl|wget|gh\s+api)\b[^\n]*(?:\/archive\/|\btarball\b|\bzipball\b|\bcodeload\.|\braw\.githubusercontent\.)/;

/**
 * How what an outsider made comes into a job: code that it checks out, artifacts that it downloads, texts that become
 * part of a script. Steps that a condition keeps out of such runs do not count.
 */
export function entriesOf(chained: JobInChain, reached: Reached): readonly Entry[] {
  const steps = chained.job.steps.filter(({ condition }) => !isStepStopped(condition, reached.contexts));
  return steps.flatMap((step, index): Entry[] => {
    const place: Place = { chained, step };
    const later = steps.slice(index + 1);
    const entry = (kind: Entry['kind'], does: string, runAt: Position | null): Entry => ({
      kind,
      does,
      runAt,
      position: step.position,
    });
    const injected = injectedInto(step, reached, place);
    if (injected !== undefined) return [entry('script', injected, step.position)];
    const code = codeOf(step, reached, place);
    if (code !== null) {
      const runsItself =
        step.run !== null && RUNS_FILES.test(afterFirst(withoutComments(step.run.text), FETCHES_PULL, TAKES_REF))
          ? step
          : undefined;
      return [entry('code', code, (runsItself ?? later.find(runsFiles))?.position ?? null)];
    }
    const artifact = artifactOf(step, reached, place);
    return artifact === null ? [] : [entry('artifact', artifact, artifactUse(step, later))];
  });
}

/** What a step says that has GitHub put a text of the outsider's into a script before the script is run. */
function injectedInto(step: Step, reached: Reached, place: Place): string | undefined {
  const script = step.run ?? (isAction(step, /^actions\/github-script$/) ? (inputOf(step, 'script') ?? null) : null);
  if (script === null) return undefined;
  const origins = tracedIn(script.text, place).filter(({ isChecked }) => !isChecked);
  const text = origins.find(({ path }) => isOutsiderText(path, reached));
  if (text !== undefined) return `puts \`${text.path.join('.')}\` into a script`;
  const read = origins.find((origin) => isFromArtifact(origin, reached));
  return read && `puts \`${read.path.join('.')}\`, read from what the run of the pull request made, into a script`;
}

/** What a step says that brings in the code of the pull request. */
function codeOf(step: Step, reached: Reached, place: Place): string | null {
  if (step.run !== null) {
    const script = withoutComments(step.run.text);
    if (FETCHES_PULL.test(script) && mayBeOutsiders(reached)) return 'fetches the code of the pull request';
    const values = [...tracedIn(script, place), ...tracedVariables(script, place)];
    const takes = TAKES_REF.test(script) && values.some((origin) => namesCode(origin, reached));
    return takes ? 'checks out the code of the pull request' : null;
  }
  if (!isAction(step, /\/(?:checkout|checkout-action|action-checkout)$/)) return null;
  const given = [inputOf(step, 'ref'), inputOf(step, 'repository')].flatMap((input) => input ?? []);
  // In these events the commit of the run itself is the pull request's.
  if (isReducedForForks(reached.event) && given.length === 0) return 'checks out the code of the pull request';
  const written = given.find(({ text }) => tracedIn(text, place).some((origin) => namesCode(origin, reached)));
  return written === undefined
    ? null
    : `checks out the code of the pull request (\`${written.name}: ${written.text}\`)`;
}

/** Whether a value names a pull request's code, also where an earlier step or job looked it up. */
function namesCode({ path, place: { chained }, isPull }: Origin, reached: Reached): boolean {
  if (isOutsiderCode(path, reached) || (isPull && isPullRequestNumber(path, reached))) return true;
  const [context, id, , output = ''] = path;
  if (!mayBeOutsiders(reached) || !/sha|ref|head|branch|commit|repo/.test(output)) return false;
  if (context === 'needs') {
    const needed = chained.file.read.workflow.jobs.find((job) => job.id.toLowerCase() === id);
    return needed?.steps.some(looksUpHead) ?? false;
  }
  return context === 'steps' && chained.job.steps.some((step) => step.id?.toLowerCase() === id && looksUpHead(step));
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
