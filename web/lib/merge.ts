/**
 * Three-way merge of a form with what somebody else saved meanwhile. What only they changed is
 * taken; what I changed stays; what both changed differently stays mine and is named, by its path.
 */
export function merge<Values extends Record<string, unknown>>(
  base: Values,
  mine: Values,
  theirs: Values,
): { values: Values; clashes: string[] } {
  const values = { ...mine };
  const clashes: string[] = [];
  for (const name in base) {
    const [before, here, there] = [base[name], mine[name], theirs[name]];
    if (isGroup(before) && isGroup(here) && isGroup(there)) {
      const inner = merge(before, here, there);
      values[name] = inner.values as Values[typeof name];
      clashes.push(...inner.clashes.map((path) => `${name}.${path}`));
    } else if (here === before) values[name] = there;
    else if (there !== before && there !== here) clashes.push(name);
  }
  return { values, clashes };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
