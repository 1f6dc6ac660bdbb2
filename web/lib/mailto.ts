/** A link to write to somebody. An address may hold signs that a link takes for its own (`?`, `&`,
 * `%`): as they stand, its owner would choose who else gets the letter, and what it says. */
export function mailto(address: string): string {
  const at = address.lastIndexOf("@");
  return `mailto:${encodeURIComponent(address.slice(0, at))}${address.slice(at)}`;
}
