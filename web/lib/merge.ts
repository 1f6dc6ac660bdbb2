/**
 * Three-way merge of a form with what somebody else saved meanwhile. What only they changed is
 * taken; what I changed stays; what both changed differently stays mine and is named.
 */
export function merge<Values extends Record<string, unknown>>(
  base: Values,
  mine: Values,
  theirs: Values,
): { values: Values; clashes: (keyof Values & string)[] } {
  const values = { ...mine };
  const clashes: (keyof Values & string)[] = [];
  for (const name in base) {
    if (mine[name] === base[name]) values[name] = theirs[name];
    else if (theirs[name] !== base[name] && theirs[name] !== mine[name]) clashes.push(name);
  }
  return { values, clashes };
}
