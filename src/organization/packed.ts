/** Plain data in which whatever is there more than once, a text or a whole object, is written once. */
export type Packed = readonly Node[];

/**
 * A list is `[0, …]` with the places of what it holds; an object `[1 + the place of its keys, …]` with the places of its
 * values. All else is itself. The last node is the whole, and each stands behind what it is made of.
 */
type Node = string | number | boolean | null | readonly number[];

/** Takes plain data, as JSON knows it, and returns it packed. */
export function pack(whole: unknown): Packed {
  const nodes: Node[] = [];
  const places = new Map<string | number | boolean | null, number>();
  add(whole);
  return nodes;

  function add(value: unknown): number {
    if (typeof value !== 'object' || value === null) return placeOf(value as Exclude<Node, readonly number[]>);
    if (Array.isArray(value)) return placeOf([0, ...value.map(add)]);
    // No fact is named `__proto__`, which would be none of the object's own when it is made again.
    const entries = Object.entries(value).filter(([key, member]) => member !== undefined && key !== '__proto__');
    return placeOf([1 + add(entries.map(([key]) => key)), ...entries.map(([, member]) => add(member))]);
  }

  function placeOf(node: Node): number {
    // A text is told from a list of places by the quotation mark before it.
    const key = typeof node === 'string' ? `"${node}` : Array.isArray(node) ? node.join() : (node as number);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, nodes.length);
    return nodes.push(node) - 1;
  }
}

/** Takes what `pack` returned and returns what it was made of. What is the same is there once, so nobody may change it. */
export function unpack(packed: Packed): unknown {
  const values: unknown[] = [];
  for (const node of packed) values.push(Array.isArray(node) ? madeOf(node as readonly number[], values) : node);
  return values.at(-1);
}

function madeOf(node: readonly number[], values: readonly unknown[]): unknown {
  const [kind = 0] = node;
  // Loops, since there may be a hundred thousand of these before anything is seen.
  if (kind === 0) {
    const list: unknown[] = [];
    for (let index = 1; index < node.length; index++) list.push(values[node[index] ?? -1]);
    return list;
  }
  const made: Record<string, unknown> = {};
  for (const [index, key] of (values[kind - 1] as readonly string[]).entries()) {
    made[key] = values[node[index + 1] ?? -1];
  }
  return made;
}
