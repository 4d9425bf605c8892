/** What the action needs of `@actions/core`. */
export interface ActionCore {
  getInput(name: string): string;
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  startGroup(name: string): void;
  endGroup(): void;
  setOutput(name: string, value: unknown): void;
  setFailed(message: string): void;
}
