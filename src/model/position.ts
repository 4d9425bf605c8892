/** A place in a text: line and column, both counted from 1, as GitHub's messages count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place in a file of a repository. `path` is relative to the repository's root and always uses `/`. */
export interface Location extends Position {
  readonly path: string;
}
