import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

/** What GitHub's parser for editors says about a text: `LINE:COLUMN message`, or the message alone. */
export async function editorSays(content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: 'file', content }, new NoOperationTraceWriter());
  const found = context.errors.getErrors().map(({ message }) => message);
  if (found.length > 0 || value === undefined) return found.map(inOurForm);
  const template = await convertWorkflowTemplate(context, value);
  return (template.errors ?? []).map(({ Message }) => inOurForm(Message));
}

function inOurForm(message: string): string {
  const [, line, column, text] = /^file \(Line: (\d+), Col: (\d+)\): (.*)$/s.exec(message) ?? [];
  return text === undefined ? message : `${line}:${column} ${text}`;
}
