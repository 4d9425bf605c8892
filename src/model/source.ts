/** A file as the edge found it: its bytes, or why they could not be had. `path` is from the repository's root, with `/`. */
export type WorkflowSource =
  { readonly path: string; readonly bytes: Uint8Array } | { readonly path: string; readonly error: string };
