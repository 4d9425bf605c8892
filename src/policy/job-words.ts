import { listed } from '../words/in-words.ts';

/** More names than these are told by their number: the finding lists them all. */
const MOST_NAMES = 5;

/** Names jobs, the path of each as the report shows it: `the job 'a'`, `the jobs 'a' and 'b / c'`, `7 jobs ('a', …)`. */
export function jobsInWords(jobs: readonly (readonly string[])[]): string {
  const names = [...new Set(jobs.map((path) => `'${path.join(' / ')}'`))];
  if (names.length > MOST_NAMES) {
    const shown = names.slice(0, MOST_NAMES - 2);
    return `${names.length} jobs (${listed([...shown, `${names.length - shown.length} more`])})`;
  }
  return `the job${names.length === 1 ? '' : 's'} ${listed(names)}`;
}

/** The same with the verb: `the job 'a' gets`, `7 jobs ('a', …) get`. */
export function jobsGet(jobs: readonly (readonly string[])[]): string {
  const words = jobsInWords(jobs);
  return `${words} ${words.startsWith('the job ') ? 'gets' : 'get'}`;
}
