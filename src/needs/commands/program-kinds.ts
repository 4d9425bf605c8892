import data from './programs.json' with { type: 'json' };

/** What is known of a program without a reader of its own. */
export type ProgramKind = 'printing' | 'silent' | 'build' | 'unknown';

function words(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

const printing = words(data.printing);
const silent = words(data.silent);
const build = new Set(data.build.flatMap((line) => line.split('; ')));
const wrappers: Readonly<Record<string, readonly string[]>> = data.wrappers;

const runners = Object.entries(data.runners as Readonly<Record<string, readonly string[]>>).map(([name, valued]) => ({
  words: name.split(' '),
  valued,
}));
/** Names of a project's scripts that build and test; `test:deploy` and the like are not among them. */
const buildScript = new RegExp(data.buildScript);
const NOT_BUILD = /deploy|publish|release|push|upload|commit|tag|bump|sync|notify|comment/;

/** The same program under another name. */
const SAME: Readonly<Record<string, string>> = {
  python3: 'python',
  py: 'python',
  pip3: 'pip',
  './gradlew': 'gradle',
  gradlew: 'gradle',
  './gradlew.bat': 'gradle',
  './mvnw': 'mvn',
  mvnw: 'mvn',
  egrep: 'grep',
};

/** `/usr/bin/git` is `git`, `git.exe` too; `./gradlew` and `./mvnw` are the tools that they fetch. */
export function programName(word: string): string {
  if (Object.hasOwn(SAME, word)) return SAME[word] ?? word;
  const bare = word.replace(/^(\/usr)?(\/local)?\/s?bin\//, '').replace(/\.(exe|cmd)$/i, '');
  const same = Object.hasOwn(SAME, bare) ? SAME[bare] : undefined;
  return same ?? (/^python3\.\d+$/.test(bare) ? 'python' : bare);
}

/** Whether a call is one of the well-known commands that build and test. Options before the subcommand do not count. */
function isBuild(program: string, args: readonly string[]): boolean {
  if (build.has(program)) {
    // `yarn` alone installs, `yarn release` runs a script that is not known.
    const needsMore = ['yarn', 'pnpm'].includes(program) && args.some((arg) => !arg.startsWith('-'));
    if (!needsMore) return true;
  }
  if (runsBuildScript(program, withoutDirectory(args)) || makesBuildTargets(program, args)) return true;
  const plain = args.filter((arg) => !arg.startsWith('-'));
  for (const shown of [args, plain, withoutDirectory(args)]) {
    for (let length = 1; length <= 4; length += 1) {
      if (build.has([program, ...shown.slice(0, length)].join(' '))) return goalsAreKnown(program, shown);
    }
  }
  return false;
}

/** `npm run lint:fix`, `yarn test:unit`, `pnpm -r build`. */
function runsBuildScript(program: string, args: readonly string[]): boolean {
  if (!['npm', 'yarn', 'pnpm', 'bun', 'composer'].includes(program)) return false;
  const [first = '', second = ''] = args;
  const named = /^(run|run-script)$/.test(first) ? second : program === 'npm' || program === 'bun' ? '' : first;
  return buildScript.test(named) && !NOT_BUILD.test(named);
}

/** Tools that make the targets of a file of the repository, and whether they build when none is named. */
const MAKERS: ReadonlyMap<string, boolean> = new Map([
  ['make', true],
  ['gmake', true],
  ['mingw32-make', true],
  ['nmake', true],
  ['just', false],
  ['task', false],
  ['mage', false],
  ['rake', false],
]);
const BUILD_TARGET =
  /^(all|clean|install|bootstrap|deps|dependencies|setup|init|help|tidy|vendor|ci|binary|binaries|image|images|dev|local)([-_:./].*)?$/;

/** Whether a tool makes targets of a file of the repository. */
export function makesTargets(program: string): boolean {
  return MAKERS.has(program);
}

/** `make`, `make -C docs html lint`, `just test`. */
function makesBuildTargets(program: string, args: readonly string[]): boolean {
  const buildsAlone = MAKERS.get(program);
  if (buildsAlone === undefined) return false;
  const targets = args.filter(
    (arg, index) =>
      !/^[-+]|=/.test(arg) && !/^(-C|-f|-j|-o|--directory|--file|--jobs|--justfile|-d|-t)$/.test(args[index - 1] ?? ''),
  );
  if (targets.length === 0) return buildsAlone;
  return targets.every((target) => (buildScript.test(target) || BUILD_TARGET.test(target)) && !NOT_BUILD.test(target));
}

/** `npm --prefix web ci`, `pnpm --filter web build`, `go -C dir test`. */
function withoutDirectory(args: readonly string[]): readonly string[] {
  const option =
    /^(--prefix|--cwd|--filter|-F|-C|--dir|--project|--directory|--manifest-path|-p|-f|--file|-w|--workspace)$/;
  return args.filter((arg, index) => !arg.startsWith('-') && !option.test(args[index - 1] ?? ''));
}

/** Maven and Gradle take several goals: all of them have to be known. */
function goalsAreKnown(program: string, args: readonly string[]): boolean {
  if (program !== 'mvn' && program !== 'gradle') return true;
  return args
    .filter((arg) => !arg.startsWith('-'))
    .every(
      (goal) => build.has(`${program} ${goal.replace(/^(:?[\w-]+:)+(?=\w+$)/, '')}`) || build.has(`${program} ${goal}`),
    );
}

export function programKind(program: string, args: readonly string[]): ProgramKind {
  if (printing.has(program)) return 'printing';
  if (silent.has(program)) return 'silent';
  if (isBuild(program, args)) return 'build';
  const asksVersion = args.length === 1 && /^(--?version|-[vV]|--help)$/.test(args[0] ?? '');
  return asksVersion && !program.includes('/') ? 'silent' : 'unknown';
}

/** What a program that only starts another one starts; `null` for any other program. */
export function wrappedWords(program: string, args: readonly string[]): readonly string[] | null {
  // `command -v name` looks the program up and does not start it.
  if (program === 'command' && /^-[vV]+$/.test(args[0] ?? '')) return [];
  if (Object.hasOwn(wrappers, program)) return startedBy(program, args, wrappers[program] ?? []);
  const words = [program, ...args];
  const runner = runners.find((runner) => runner.words.every((word, index) => words[index] === word));
  if (runner === undefined || isBuild(program, args)) return null;
  const started = startedBy(program, words.slice(runner.words.length), runner.valued);
  return started.length === 0 ? null : started;
}

/** The words behind a program's own options. */
function startedBy(program: string, args: readonly string[], valued: readonly string[]): readonly string[] {
  let index = 0;
  while (index < args.length) {
    const arg = args[index] ?? '';
    if (valued.includes(arg)) index += 2;
    else if (arg.startsWith('-') || /^\w+=/.test(arg)) index += 1;
    else break;
  }
  // The first operand of `timeout` is its time.
  return args.slice(program === 'timeout' ? index + 1 : index);
}
