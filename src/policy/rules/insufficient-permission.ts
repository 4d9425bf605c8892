import { groupBy } from '../../calls/group-by.ts';
import type { NonEmpty } from '../../calls/group-by.ts';
import { appliedBlock, placeOfStep, subjectOf } from '../job-places.ts';
import { needsInChains } from '../known-needs.ts';
import { lackingAdvice, lackingHint } from '../lacking-advice.ts';
import { lackingInWords } from '../lacking-words.ts';
import { lackingOf } from '../lacking.ts';
import type { LackingJob } from '../lacking.ts';
import type { Evidence, Rule, Subject, Violation } from '../rule.ts';

/**
 * The rule `insufficient-permission`: a step uses what its job does not get. One finding for a step, its job and the block
 * that lacks it, whatever calls lead there. That a need is not known in full does no harm: what is known of it is needed.
 */
export const insufficientPermission: Rule = {
  name: 'insufficient-permission',
  check: (evidence) => {
    const { workflows, settings } = evidence;
    const facts = new Map<Subject, LackingJob>();
    const needsOf = needsInChains(evidence);
    const tell: Violation['tell'] = (subjects) => {
      const told = subjects.flatMap((subject) => facts.get(subject) ?? []);
      const hint = lackingHint(told);
      return {
        message: lackingInWords(told),
        ...(hint === null ? {} : { hint }),
        advice: lackingAdvice(told, settings, needsOf),
      };
    };
    const violations = workflows.flatMap((workflow) =>
      workflow.jobs.flatMap((job) => {
        const found = lackingIn(workflow, job, evidence);
        const together = groupBy(found, ({ place, lacking: { grade, guess } }) =>
          JSON.stringify([place, grade, guess]),
        );
        return together.map((same) => violationOf(same, facts, tell));
      }),
    );
    return violations.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  },
};

function lackingIn(
  workflow: LackingJob['workflow'],
  job: LackingJob['job'],
  { needsOf, settings }: Evidence,
): readonly LackingJob[] {
  const needs = job.chained.job.uses === null ? needsOf(job) : null;
  if (needs === null) return [];
  return lackingOf(job, needs, settings).map((lacking) => {
    return { workflow, job, lacking, place: placeOfStep(job.chained, lacking.needs[0]) };
  });
}

function violationOf(same: NonEmpty<LackingJob>, facts: Map<Subject, LackingJob>, tell: Violation['tell']): Violation {
  const [{ workflow, job, place, lacking }] = same;
  const { grade, guess } = lacking;
  const subjects = same.map((one): Subject => {
    const { permission, granted } = one.lacking;
    const subject = { ...subjectOf(workflow, job), permission, granted };
    facts.set(subject, one);
    return subject;
  });
  const block = appliedBlock(job.chained)?.key ?? `default:${workflow.report.path}`;
  const names = same.map((one) => one.lacking.permission);
  // What works in public repositories is told once for a block, not for each of its jobs.
  const where = grade === 'note' ? [] : [job.reported.definedIn, job.chained.job.id];
  return {
    cause: [block, ...where, ...names].join(':'),
    place,
    subjects: subjects as [Subject, ...Subject[]],
    grade,
    ...(guess === null ? {} : { guess }),
    tell,
  };
}
