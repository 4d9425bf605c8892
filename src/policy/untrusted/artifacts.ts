import type { Position } from '../../model/position.ts';
import type { Step } from '../../model/workflow.ts';
import { isAboutPullRequest, isRunBefore } from './outsider-values.ts';
import type { Reached } from './reach.ts';
import { CHECKS, tracedIn, tracedVariables } from './origins.ts';
import type { Origin, Place } from './origins.ts';
import { inputOf } from './scope.ts';
import { afterFirst, isAction, isLocalAction, RUNS_FILES, withoutComments } from './steps.ts';
import { withoutEnd } from '../../words/without-end.ts';

/** What turns the content of an artifact into more than data. */
const RUNS_ARTIFACT =
  />>\s*["']?\$\{?GITHUB_(?:ENV|PATH)\b|\bchmod\s+(?:-R\s+)?(?:[ugoa]*\+\w*x|[0246]*[1357][0-7]*\s)|(?:^|[\s;&|])(?:source|eval)\s/m;

/** What hands the content on as the repository's own. */
const PUBLISHES =
  /\bgit\s+(?:-C\s+\S+\s+)?push\b|\bgh\s+release\s+(?:create|upload)\b|\b(?:npm|pnpm|yarn|cargo)\s+publish\b|\btwine\s+upload\b|\bdocker\s+push\b/;
const PUBLISHING_ACTION =
  /\/(?:actions-gh-pages|github-pages-deploy-action|action-gh-release|release-action|deploy-pages|upload-pages-artifact|gh-action-pypi-publish|git-auto-commit-action|add-and-commit|create-pull-request)$/i;

/** Commands that download, and the option that says where to. */
const DOWNLOADS = /\bgh\s+run\s+download\b|\/artifacts\b/;
const INTO = /\s(?:-D|--dir)[\s=]+["']?([^\s"']+)/;

const READS_FILE = /\b(?:cat|head|tail|jq)\b|<\s*["']?[\w./$]|\breadFile(?:Sync)?\b/;
const WRITES_FILE = /(?:>|\btee)\s+["']?([\w./-]+)/g;

/** What a step says that downloads what the run before this one made. */
export function artifactOf(step: Step, reached: Reached, place: Place): string | null {
  if (reached.event !== 'workflow_run' || !isAboutPullRequest(reached)) return null;
  const does = 'downloads what the run of the pull request made';
  const isBefore = (origins: readonly Origin[]) => origins.some(({ path }) => isRunBefore(path));
  const isOfRunBefore = (text: string | undefined) => text !== undefined && isBefore(tracedIn(text, place));
  if (step.run !== null) {
    const script = withoutComments(step.run.text);
    const isFetched = DOWNLOADS.test(script);
    return isFetched && isBefore([...tracedIn(script, place), ...tracedVariables(script, place)]) ? does : null;
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

/** Where a job runs or publishes what a step downloaded; `null` where nothing evidently does. */
export function artifactUse(download: Step, later: readonly Step[]): Position | null {
  const folder = folderOf(download);
  const uses = [download, ...later].find((step) => {
    const all = step.run === null ? '' : withoutComments(step.run.text);
    const script = step === download ? afterFirst(all, DOWNLOADS) : all;
    if (RUNS_ARTIFACT.test(all) || PUBLISHES.test(script) || isAction(step, PUBLISHING_ACTION)) return true;
    // In the workspace itself it can put itself in the place of any file.
    return folder === null ? RUNS_FILES.test(script) || isLocalAction(step) : runsIn(script, folder);
  });
  return uses?.position ?? null;
}

/** Whether a script runs a file of a folder, or a build tool in it: not whether it hands the folder to another program. */
function runsIn(script: string, folder: string): boolean {
  const inside = `["']?(?:\\.?/|\\$\\w+/|\\$\\{\\{[^}]*\\}\\}/)?${folder.replaceAll(/[^\w/-]/g, '\\$&')}`;
  const isProgram = new RegExp(`(?:^|[;&|(])\\s*${inside}/\\S`, 'm');
  const isRead = new RegExp(
    `\\b(?:node|python3?|bash|sh|ruby|perl|php|pwsh|deno\\s+run|bun|uv\\s+run)\\s+(?:-\\S+\\s+){0,20}${inside}/\\S`,
  );
  const isThere = new RegExp(`(?:\\bcd|\\bpushd|\\s-C|--prefix|--cwd)[\\s=]*${inside}(?![\\w-])`);
  return isProgram.test(script) || isRead.test(script) || (isThere.test(script) && RUNS_FILES.test(script));
}

/** The folder that a step downloads into, where it names one inside or outside of the workspace. */
function folderOf(download: Step): string | null {
  const commands = withoutComments(download.run?.text ?? '').split(/[\n;&|]/);
  const command = commands.find((one) => DOWNLOADS.test(one)) ?? '';
  const written = inputOf(download, 'path')?.text ?? INTO.exec(command)?.[1] ?? '';
  const below = written.replace(/\$\{\{\s*github\.workspace\s*\}\}/, '').replace(/^[./]+/, '');
  const name = withoutEnd(below.trim(), '/');
  return name === '' ? null : name.replace(/^(?:.*\}\}|\$\w+)\//, '');
}

/** Whether a value is what a script read, unlooked at, after its job had downloaded what the outsider made. */
export function isFromArtifact({ path, place }: Origin, reached: Reached): boolean {
  const [context, id] = path;
  const { chained } = place;
  const { steps } = chained.job;
  const at = context === 'steps' ? steps.findIndex((step) => step.id?.toLowerCase() === id) : -1;
  const reader = steps[at];
  if (reader === undefined) return false;
  const from = steps.findIndex((step) => artifactOf(step, reached, { chained, step }) !== null);
  if (from < 0 || from > at) return false;
  const script = reader.run?.text ?? inputOf(reader, 'script')?.text ?? '';
  const own = steps.slice(from, at).flatMap(({ run }) => [...(run?.text ?? '').matchAll(WRITES_FILE)]);
  return READS_FILE.test(script) && !CHECKS.test(script) && !own.some(([, name = '']) => script.includes(name));
}
