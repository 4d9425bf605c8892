/** The value of an option: `--repo a/b`, `--repo=a/b`, `-R a/b` or `-Ra/b`. */
export function optionValue(args: readonly string[], names: readonly string[]): string | undefined {
  return optionValues(args, names)[0];
}

/** All values of an option that may be given more than once. */
export function optionValues(args: readonly string[], names: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (names.includes(arg)) {
      const next = args[index + 1];
      return next === undefined ? [] : [next];
    }
    const name = names.find((name) => (isLong(name) ? arg.startsWith(`${name}=`) : arg.startsWith(name)));
    if (name === undefined) return [];
    return [isLong(name) ? arg.slice(name.length + 1) : arg.slice(name.length)];
  });
}

function isLong(name: string): boolean {
  return name.startsWith('--') || name.length > 2;
}

export function hasOption(args: readonly string[], names: readonly string[]): boolean {
  return args.some((arg) =>
    names.some((name) => arg === name || (name.startsWith('--') && arg.startsWith(`${name}=`))),
  );
}

/** The words that are no options, nor values of those that are named. */
export function positionals(args: readonly string[], withValue: ReadonlySet<string>): readonly string[] {
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (withValue.has(arg)) index += 1;
    else if (!arg.startsWith('-')) words.push(arg);
  }
  return words;
}
