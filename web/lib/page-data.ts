/**
 * What the server put into this page's head for its script, or null. Taken away, since a later
 * question wants what is true by then.
 */
export function takePageData<Data>(id: string): Data | null {
  const block = document.getElementById(id);
  block?.remove();
  return block?.textContent ? (JSON.parse(block.textContent) as Data) : null;
}
