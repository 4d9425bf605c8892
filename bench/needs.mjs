// What the jobs of real repositories need, FOLDER/OWNER/NAME: how many needs are complete, what the others fail on, and how
// far they agree with the blocks that people wrote at their jobs: node bench/needs.mjs [FOLDER] [--seed N] [--sample N]
import { parseArgs } from 'node:util';
import { CORPUS, draw, reportsOf } from './corpus.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '20261112' },
    sample: { type: 'string', default: '60' },
    reasons: { type: 'string', default: '20' },
  },
});
const GOAL = 60;
const RANK = { none: 0, read: 1, write: 2 };

const reports = await reportsOf(positionals[0] ?? CORPUS);

/** The jobs with steps as they are written: those of called workflows stand under their own file. */
const jobs = [...reports].flatMap(([repository, { workflows }]) =>
  workflows.flatMap(({ path, jobs: all }) =>
    all
      .filter((job) => job.uses === null && job.path.length === 1 && job.needs !== null)
      .map((job) => ({ repository, path, job })),
  ),
);

const share = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
const complete = jobs.filter(({ job }) => job.needs.complete);
const some = jobs.filter(({ job }) => job.suggested !== null);
console.log(
  `${jobs.length} jobs with steps: ${complete.length} needs are complete (${share(complete.length, jobs.length)}, goal ${GOAL} %)`,
);
console.log(`a block can be suggested for ${some.length} (${share(some.length, jobs.length)})`);

/** What stands in the way, and of how many jobs; `alone`: of how many nothing else does. */
const reasons = new Map();
for (const { job } of jobs) {
  const names = new Set(job.needs.unseen.map(({ action, by, because }) => action ?? `${by.split(' ')[0]}: ${because}`));
  for (const name of names) {
    const { all, alone } = reasons.get(name) ?? { all: 0, alone: 0 };
    reasons.set(name, { all: all + 1, alone: alone + (names.size === 1 ? 1 : 0) });
  }
}
console.log('\nthe most frequent reasons of the others: jobs, and jobs without another reason');
for (const [name, { all, alone }] of [...reasons]
  .sort(([, a], [, b]) => b.alone - a.alone || b.all - a.all)
  .slice(0, Number(values.reasons))) {
  console.log(`${String(all).padStart(5)} ${String(alone).padStart(5)}  ${name}`);
}

/** Jobs with a block of their own that names its permissions. */
const written = jobs.filter(
  ({ job }) =>
    job.declared !== null &&
    Object.keys(job.declared).length < 12 &&
    job.grants.some(({ origins }) => Object.values(origins).some(({ from }) => from === 'job')),
);
const counts = { same: 0, 'they have more': 0, 'we need more': 0, uncertain: 0 };
const disagreements = [];
for (const { repository, path, job } of written) {
  const { declared, needs } = job;
  for (const name of new Set([...Object.keys(declared), ...Object.keys(needs.permissions)])) {
    const [theirs, ours] = [declared[name] ?? 'none', needs.permissions[name] ?? 'none'];
    if (theirs === ours) counts.same += 1;
    else if (RANK[theirs] > RANK[ours]) {
      if (needs.uncertain === 'all' || needs.uncertain.includes(name)) {
        counts.uncertain += 1;
        continue;
      }
      counts['they have more'] += 1;
      disagreements.push({ repository, path, job, name, theirs, ours });
    } else {
      counts['we need more'] += 1;
      disagreements.push({ repository, path, job, name, theirs, ours });
    }
  }
}
console.log(`\n${written.length} jobs with a block of their own, permission by permission: ${JSON.stringify(counts)}`);
console.log(`a sample of the disagreements (--seed ${values.seed}):`);
for (const { repository, path, job, name, theirs, ours } of draw(
  disagreements,
  Number(values.sample),
  Number(values.seed),
)) {
  console.log(
    `${repository} ${path}:${job.position.line} ${job.path.join('/')}: ${name}: theirs ${theirs}, ours ${ours}`,
  );
  for (const need of job.needs.because.filter(({ permission }) => permission === name)) {
    console.log(`    line ${need.line} ${need.by}: ${need.because}`);
  }
}
if (complete.length * 100 < GOAL * jobs.length) process.exitCode = 1;
