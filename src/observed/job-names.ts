import type { Job } from '../model/workflow.ts';

/** The parts of a job's name that are fixed; between each two of them any text may stand. */
type NameParts = readonly string[];

/** How the name of a job can look in a log. */
export interface JobNames {
  /** From the one with the most fixed text to the one with the least. */
  readonly forms: readonly NameParts[];
}

const EXPRESSION = /\$\{\{.*?\}\}/gsu;

/** GitHub cuts the name of a job to so many characters, the last three of them dots. */
const LONGEST = 100;
const DOTS = '...';

/** Every level doubles the number of forms. In longer chains anything may stand where a suffix can. */
const MOST_LEVELS = 4;

/** What the names of files in a zip lack, and how long they can be. */
const NOT_IN_FILE_NAMES = /[/:<>"|?*\\]/g;
const LONGEST_FILE_NAME = 90;

/**
 * How the names of a job can look: that of each job of the chain that leads to it, with the values of its matrix in
 * parentheses where it has one, joined with ` / `.
 *
 * @param chain the jobs from the root down, the last one being the job itself.
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/JobNameBuilder.cs
 */
export function jobNames(chain: readonly Pick<Job, 'id' | 'name'>[]): JobNames {
  let forms: NameParts[] = [[]];
  for (const [index, { id, name }] of chain.entries()) {
    const written = (name ?? id).split(EXPRESSION);
    const own: NameParts = index === 0 ? written : [` / ${written[0] ?? ''}`, ...written.slice(1)];
    // Whether a job has a matrix is not known here, and a name with an expression of the matrix gets no suffix.
    forms = forms.flatMap((form) =>
      chain.length > MOST_LEVELS
        ? [joined(joined(form, own), ['', ''])]
        : [joined(form, own), joined(joined(form, own), [' (', ')'])],
    );
  }
  return { forms: forms.sort((a, b) => a.length - b.length || fixed(b) - fixed(a)) };
}

/** How well a name fits a job: 0 for the job's very name, more the more of it may be anything; `null` for not at all. */
export function fitOf({ forms }: JobNames, name: string, isFileName: boolean): number | null {
  const shown = isFileName ? inFileName(name) : name;
  for (const form of forms) {
    const parts = isFileName ? form.map(inFileName) : form;
    if (isFileName ? fitsFileName(parts, shown) : fits(parts, shown)) return form.length - 1;
  }
  return null;
}

function joined(before: NameParts, after: NameParts): NameParts {
  return [...before.slice(0, -1), `${before.at(-1) ?? ''}${after[0] ?? ''}`, ...after.slice(1)];
}

function fixed(form: NameParts): number {
  return form.join('').length;
}

function inFileName(text: string): string {
  return text.replaceAll(NOT_IN_FILE_NAMES, '');
}

function fits(parts: NameParts, name: string): boolean {
  if (fitsWhole(parts, name)) return true;
  return name.length >= LONGEST && name.endsWith(DOTS) && fitsBeginning(parts, name.slice(0, -DOTS.length));
}

function fitsFileName(parts: NameParts, name: string): boolean {
  const trimmed = parts.map((part, index) => (index === 0 ? part.trimStart() : part));
  return fitsWhole(trimmed, name) || (name.length >= LONGEST_FILE_NAME - 1 && fitsBeginning(trimmed, name));
}

/** Every fixed part stands there, one behind the other. The first that is found will do: no part can be found later only. */
function fitsWhole(parts: NameParts, name: string): boolean {
  const [first = '', ...more] = parts;
  const last = more.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of more) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}

/** The same for a name that was cut: what is missing may be any of the fixed parts. */
function fitsBeginning(parts: NameParts, cut: string): boolean {
  const [first = '', ...more] = parts;
  if (more.length === 0 || cut.length < first.length) return first.startsWith(cut);
  return cut.startsWith(first);
}
