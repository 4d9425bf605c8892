/** Workflow files in a document, and what the document says that comes of them. */
export interface Example {
  /** The heading they stand under. */
  readonly heading: string;
  readonly files: readonly ExampleFile[];
  /** What the files are in the base, where a block says so: `# PATH in the base`. Others are the same there. */
  readonly base: readonly ExampleFile[] | null;
  readonly expected: string;
  /** The options that a first line names, such as `# --default-permissions write`. */
  readonly options: readonly string[];
}

export interface ExampleFile {
  /** As its first line says: a path in the repository or, below `FOLDER/`, in another one. `null`: it does not say. */
  readonly path: string | null;
  readonly yaml: string;
}

const FENCE = /^```(\w*)\n(.*?)^```$/gms;
const OPTIONS = /^# (--.*)$/;
const PATH = /^# (\S+\.ya?ml)( in the base)?$/;

/**
 * The examples in a Markdown document: `yaml` blocks with the `text` block that follows them.
 *
 * @throws when one of them has no partner, or a block is of another kind, since nothing would check it.
 */
export function examplesIn(markdown: string): readonly Example[] {
  const examples: Example[] = [];
  let blocks: string[] = [];
  for (const { 1: language = '', 2: content = '', index } of markdown.matchAll(FENCE)) {
    const heading = headingBefore(markdown, index);
    if (language === 'yaml') {
      blocks.push(content);
    } else if (language === 'text' && blocks.length > 0) {
      examples.push({ heading, ...filesOf(blocks), expected: content });
      blocks = [];
    } else {
      throw new Error(`Under "${heading}" a block of ${language} does not follow any of yaml`);
    }
  }
  if (blocks.length > 0) throw new Error('At the end a text block is missing');
  return examples;
}

function filesOf(blocks: readonly string[]): Pick<Example, 'files' | 'base' | 'options'> {
  const heads = blocks.map((yaml) => {
    const [first = '', second = ''] = yaml.split('\n', 2);
    const [, path = null, inBase] = PATH.exec(first) ?? [];
    return {
      path,
      yaml,
      isBase: inBase !== undefined,
      options: OPTIONS.exec(path === null ? first : second)?.[1]?.split(' ') ?? [],
    };
  });
  if (heads.length > 1 && heads.some(({ path }) => path === null)) {
    throw new Error(`One of several files does not say which it is: ${blocks.join('')}`);
  }
  const files = heads.filter(({ isBase }) => !isBase);
  const before = heads.filter(({ isBase }) => isBase);
  const others = files.filter(({ path }) => before.every((one) => one.path !== path));
  return {
    files,
    base: before.length === 0 ? null : [...before, ...others],
    options: heads.flatMap(({ options }) => options),
  };
}

function headingBefore(markdown: string, end: number): string {
  return [...markdown.slice(0, end).matchAll(/^##+ (.*)$/gm)].at(-1)?.[1] ?? '';
}
