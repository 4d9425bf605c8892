import type { Location } from '../../model/position.ts';
import type { Finding, Report, ReportedJob } from '../../model/report.ts';
import { visible } from '../escape-terminal.ts';
import type { SarifArtifact, SarifLocation } from './sarif-model.ts';

/** The root of the repository, in the words that GitHub uses for it. */
export const ROOT = '%SRCROOT%';

/** Code scanning shows no more of a result. */
const MOST_RELATED = 100;

/** A place and what is to be said of it. */
export interface Related {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
  readonly text: string;
}

/** Makes the function that gives the jobs which a finding is about, and those that call them, the calling ones first. */
export function chainsOf({ workflows }: Report): (finding: Finding) => readonly Related[] {
  const jobs = new Map(
    workflows.flatMap(({ path, jobs: own }) => own.map((job) => [jobKey(path, job.path), job] as const)),
  );
  return ({ subjects }) =>
    subjects.flatMap(({ workflow, job }) => {
      if (job === undefined || job.length < 2) return [];
      return job.flatMap((_, index) => {
        const found = jobs.get(jobKey(workflow, job.slice(0, index + 1)));
        return found === undefined ? [] : [jobPlace(found)];
      });
    });
}

function jobKey(workflow: string, path: readonly string[]): string {
  return JSON.stringify([workflow, path]);
}

function jobPlace({ path, definedIn, position, uses }: ReportedJob): Related {
  const calls = uses === null ? '' : `, which calls ${uses}`;
  return { path: definedIn, ...position, text: `The job '${path.join(' / ')}'${calls}` };
}

/** A place in a file of the repository. `prefix` leads to the folder that was checked, from the repository's root. */
export function locationOf({ path, line, column }: Location, prefix: string): SarifLocation {
  return physical(path, { startLine: line, startColumn: column, endLine: line }, prefix);
}

/** A place that is told with a result, by the number that the message links to. */
export interface Linked extends Related {
  readonly id: number;
}

/**
 * Takes places and returns each once, with its number, as many as code scanning shows. Places in other repositories are
 * left out: code scanning refuses a file with addresses that are not of the checkout.
 */
export function linkedPlaces(related: readonly Related[]): readonly Linked[] {
  const own = related.filter(({ path }) => isOwn(path));
  const places = new Set<string>();
  const distinct = own.filter(({ path, line }) => {
    const place = `${path}:${line}`;
    return !places.has(place) && places.add(place);
  });
  return distinct.slice(0, MOST_RELATED).map((one, index) => ({ ...one, id: index + 1 }));
}

/** A place beside that of the finding. */
export function relatedLocation({ id, path, line, column, text }: Linked, prefix: string): SarifLocation {
  const start = { startLine: line, ...(column === undefined ? {} : { startColumn: column }) };
  return { id, ...physical(path, { ...start, endLine: line }, prefix), message: { text: visible(text) } };
}

/** A file of another repository is named OWNER/NAME/path@REF, and no owner begins with a period. */
function isOwn(path: string): boolean {
  return path.startsWith('.') || !path.includes('@');
}

function physical(path: string, region: SarifLocation['physicalLocation']['region'], prefix: string): SarifLocation {
  return { physicalLocation: { artifactLocation: artifactOf(path, prefix), region } };
}

/** A file of the repository, from its root; one that lies elsewhere on this machine keeps its own name. */
export function artifactOf(path: string, prefix: string): SarifArtifact {
  if (isAbsolute(path)) return { uri: `file://${encoded(path.startsWith('/') ? path : `/${path}`)}` };
  return { uri: encoded(`${prefix}${path}`), uriBaseId: ROOT };
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

/** A lone surrogate has no encoding. */
function encoded(path: string): string {
  return path
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}
