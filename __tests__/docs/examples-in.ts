/** A workflow file in a document, and what the document says that comes of it. */
export interface Example {
  /** The heading it stands under. */
  readonly heading: string;
  readonly yaml: string;
  readonly expected: string;
  /** The options that its first line names, such as `# --default-permissions write`. */
  readonly options: readonly string[];
}

const FENCE = /^```(\w*)\n(.*?)^```$/gms;
const OPTIONS = /^# (--.*)$/m;

/**
 * The examples in a Markdown document: each `yaml` block with the `text` block that follows it.
 *
 * @throws when one of them has no partner, or a block is of another kind, since nothing would check it.
 */
export function examplesIn(markdown: string): readonly Example[] {
  const blocks = [...markdown.matchAll(FENCE)].map(([, language = '', content = ''], index, all) => ({
    language,
    content,
    heading: headingBefore(markdown, all[index]?.index ?? 0),
  }));
  const examples: Example[] = [];
  for (let index = 0; index < blocks.length; index += 2) {
    const [workflow, result] = blocks.slice(index, index + 2);
    if (workflow?.language !== 'yaml' || result?.language !== 'text') {
      throw new Error(`Under "${workflow?.heading ?? ''}" a yaml block and a text block do not follow one another`);
    }
    const options = OPTIONS.exec(workflow.content.split('\n', 1)[0] ?? '')?.[1]?.split(' ') ?? [];
    examples.push({ heading: workflow.heading, yaml: workflow.content, expected: result.content, options });
  }
  return examples;
}

function headingBefore(markdown: string, end: number): string {
  return [...markdown.slice(0, end).matchAll(/^##+ (.*)$/gm)].at(-1)?.[1] ?? '';
}
