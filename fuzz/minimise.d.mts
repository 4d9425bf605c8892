export function minimised(
  text: string,
  isSame: (text: string) => Promise<boolean>,
  kind: 'finding' | 'hang' | 'memory' | 'broken',
): Promise<string>;
