import type { Report } from '../../model/report.ts';
import { visible } from '../../report/escape-terminal.ts';
import { withoutCommands } from '../../report/workflow-command.ts';
import { errorMessage, ToolError, type ErrorPlace } from '../tool-error.ts';
import { TOOL } from '../tool.ts';

/** What `--format json` prints in place of a report when the tool could not do its work. */
export interface ErrorReport {
  readonly schemaVersion: 1;
  readonly tool: Report['tool'];
  readonly result: 'error';
  readonly error: ErrorPlace & { readonly message: string };
}

/** What to tell the user about a thrown value; one that is not a ToolError is our mistake, and says so. */
function messageFor(error: unknown): string {
  if (error instanceof ToolError) return error.message;
  return `This is a mistake in ${TOOL.name} ${TOOL.version}, please report it: ${errorMessage(error)}`;
}

/** The same with all details, one line each. Every line is safe to show. */
export function messageLinesFor(error: unknown): readonly string[] {
  const details = error instanceof ToolError ? error.details : [];
  return [messageFor(error), ...details].map((line) => withoutCommands(visible(line)));
}

/** Takes a thrown value and returns its report. */
export function errorReport(error: unknown): ErrorReport {
  const place = error instanceof ToolError ? error.place : {};
  const details = error instanceof ToolError ? error.details : [];
  const message = [messageFor(error), ...details].join('\n');
  return { schemaVersion: 1, tool: TOOL, result: 'error', error: { message, ...place } };
}
