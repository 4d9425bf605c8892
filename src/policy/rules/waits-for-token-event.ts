import type { JobInChain } from '../../calls/call-tree.ts';
import type { Trigger } from '../../model/workflow.ts';
import type { CheckedWorkflow } from '../checked-workflow.ts';
import { isOurs, placesOfJob } from '../job-places.ts';
import type { Rule, Violation } from '../rule.ts';
import { producersOf } from '../token-events/producers.ts';
import type { Caused, Producer } from '../token-events/producers.ts';
import { listedShort } from '../../words/in-words.ts';

/**
 * The rule `waits-for-token-event`: a workflow starts by releases, tags or built sites alone, and a job of this
 * repository makes them with its own token: what that token does starts no runs, and builds no GitHub Pages. One finding for a workflow that waits.
 *
 * `workflow_dispatch` and `repository_dispatch` do start runs, and so does a pull request, once somebody approves: nobody
 * waits for these in vain.
 *
 * @see https://docs.github.com/en/actions/concepts/security/github_token#when-github_token-triggers-workflow-runs
 */
export const waitsForTokenEvent: Rule = {
  name: 'waits-for-token-event',
  check: ({ workflows }) => {
    const made = workflows.flatMap(madeIn);
    return workflows.flatMap((workflow) => waiting(workflow, made));
  },
};

/** Something that a job causes with its own token. */
interface Made {
  readonly job: JobInChain;
  readonly producer: Producer;
}

/** Without `contents: write` a job can make neither. */
function madeIn({ jobs, file }: CheckedWorkflow): readonly Made[] {
  // Who pushed the tag that started this one has started what waits for tags, too.
  const isAfterTag = file.workflow.triggers.some(({ event, tags }) => event === 'release' || tags !== null);
  return jobs.flatMap(({ chained, reported }) => {
    const mayWrite = reported.grants.some(({ permissions }) => permissions['contents'] === 'write');
    if (!mayWrite || !isOurs(chained)) return [];
    const isCertain = reported.grants.every((row) => row.status !== 'granted' || row.defaultPermissions === undefined);
    if (!isCertain) return [];
    return producersOf(chained.job, chained.file.read.workflow).map((producer) => ({
      job: chained,
      producer: { ...producer, causes: producer.causes.filter((caused) => caused !== 'tag' || !isAfterTag) },
    }));
  });
}

const EVENTS: Readonly<Record<Caused, string>> = {
  release: 'a release',
  tag: 'a pushed tag',
  pages: 'a build of GitHub Pages',
};

function waiting({ report, file }: CheckedWorkflow, made: readonly Made[]): readonly Violation[] {
  const { triggers } = file.workflow;
  const [trigger] = triggers;
  const awaited = triggers.map(awaitedBy);
  if (trigger === undefined || report.outcome === 'invalid' || awaited.includes(null)) return [];
  const causes = made.filter(
    ({ job, producer }) => job.file.path !== report.path && producer.causes.some((caused) => awaited.includes(caused)),
  );
  // What somebody may still cause by hand alone is not waited for in vain.
  if (!awaited.every((one) => causes.some(({ producer }) => producer.causes.some((caused) => caused === one))))
    return [];
  const events = [...new Set(awaited.map((one) => (one === null ? '' : EVENTS[one])))];
  const isPages = awaited.includes('pages');
  const producers = causes.map(({ job, producer }) => `${producer.does} of ${job.file.path}`);
  return [
    {
      cause: report.path,
      place: { path: report.path, ...trigger.position },
      subjects: [
        {
          workflow: report.path,
          job: null,
          definedIn: report.path,
          about: triggers.map(({ event }) => event).join(),
          places: causes.flatMap(({ job }) => placesOfJob(job)),
        },
      ],
      tell: () => ({
        message: `This workflow starts by ${events.join(' or ')} alone, and what ${listedShort(producers, 4)} ${isPages ? 'pushes' : 'makes'} with the job's own token ${isPages ? 'builds no GitHub Pages' : 'starts no runs'}.`,
        hint: `Call it from there: give it \`workflow_call\`, or start it by \`gh workflow run\` with \`actions: write\`, since \`workflow_dispatch\` does start runs. Or make it with the token of a GitHub App.`,
      }),
    },
  ];
}

/** What a trigger waits for, when it is nothing else; a draft that a person publishes is the person's. */
function awaitedBy({ event, types, branches, branchesIgnore, tags }: Trigger): Caused | null {
  if (event === 'release') {
    const made = ['published', 'created', 'released', 'prereleased'];
    return types === null || types.every((type) => made.includes(type)) ? 'release' : null;
  }
  if (event === 'page_build') return 'pages';
  return event === 'push' && tags !== null && branches === null && branchesIgnore === null ? 'tag' : null;
}
