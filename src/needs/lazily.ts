/** A value that is made when it is first asked for: a start need not make the tables that no step of a run asks. */
export function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => (made ??= make());
}
