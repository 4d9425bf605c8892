import type { StepUse } from '../model/needs.ts';
import type { JobToRead } from './job-steps.ts';
import { holdsToken, markedText } from './marked-text.ts';
import { allUses, neededBy } from './uses.ts';

/** What the images of a job and its services take that are pulled from GitHub's registry with the job's token. */
export function imagePulls({ job, path, events, tokenExpressions }: JobToRead): StepUse {
  const pulls = (job.images ?? []).filter(
    ({ image, password }) =>
      /^(ghcr\.io|docker\.pkg\.github\.com)\//i.test(image) && holdsToken(markedText(password.text, tokenExpressions)),
  );
  return allUses(
    pulls.map(({ image, password }) => {
      const location = { path, ...password.position };
      const caller = { location, by: image, events, tolerated: false };
      return neededBy(caller, [[{ permission: 'packages', level: 'read' }]], 'the runner pulls the image');
    }),
  );
}
