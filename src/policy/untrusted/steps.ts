import type { Step } from '../../model/workflow.ts';
import { actionReference } from '../../workflow/action-reference.ts';

/** Commands that run what stands in the working directory: build tools, package managers, interpreters with a file. */
export const RUNS_FILES =
  /(?:^|[\s;&|(])(?:(?:npm|pnpm|bun)\s+(?:ci|i|install|run|test|exec|start|build|t)\b|npx\s|yarn(?:\s|$)|make(?:\s|$)|cmake\s|cargo\s+(?:build|test|run|check|clippy|bench|doc|publish)\b|go\s+(?:build|test|run|generate|vet)\b|pip3?\s+install\s+(?:-\w+\s+)*(?:\.|-r\b|-e\b)|python3?\s+(?!-c\b|--version)\S|uv\s+(?:run|sync|pip)\b|poetry\s+(?:install|run)\b|pytest\b|tox\b|nox\b|pre-commit\s+run\b|mvnw?\b|\.?\/?gradlew?\b|\.\/\S|(?:bash|sh|node|ruby|perl|php|pwsh)\s+[\w./-]+\.\w+|bundle\s+(?:install|exec)\b|rake\b|composer\s+install\b|dotnet\s+(?:build|test|run|publish|restore)\b|docker\s+(?:build|compose)\b|docker-compose\b|deno\s+(?:run|task|test)\b|hugo(?:\s|$)|mkdocs\s+build\b|jekyll\s+build\b|sphinx-build\b|terraform\s+(?:init|plan|apply)\b|just\s|mix\s|swift\s+(?:build|test)\b|bazel\s|nix\s+(?:build|develop|run)\b)/m;

/** Whether a step evidently runs something of the working directory. */
export function runsFiles(step: Step): boolean {
  return step.run === null ? isLocalAction(step) : RUNS_FILES.test(withoutComments(step.run.text));
}

export function isLocalAction({ uses }: Step): boolean {
  return uses !== null && actionReference(uses.text)?.kind === 'local';
}

/** A script without the lines that are comments, each command on one line. */
export function withoutComments(script: string): string {
  return script.replaceAll(/^[ \t]*#.*/gm, '').replaceAll('\\\n', ' ');
}

/** What comes after the first command of a script that one of these finds. */
export function afterFirst(script: string, ...commands: readonly RegExp[]): string {
  const starts = commands.map((command) => script.search(command)).filter((at) => at >= 0);
  return script.slice(Math.min(...starts)).replace(/^[^\n;&|]*/, '');
}

/** No action that there is has a longer name. */
const LONGEST_NAME = 300;

/** Whether a step uses an action of such a name. */
export function isAction({ uses }: Step, name: RegExp): boolean {
  const reference = uses === null ? null : actionReference(uses.text);
  return reference?.kind === 'action' && reference.name.length <= LONGEST_NAME && name.test(reference.name);
}
