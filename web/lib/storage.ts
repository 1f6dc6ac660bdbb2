/**
 * Storage that never throws. A browser whose owner blocks site data refuses the very look at
 * `localStorage` (HTML Standard 12.2), and a full one refuses to write: what can't be kept in the
 * browser is kept in memory, for as long as the page is open.
 */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export function safely(open: () => Storage): Store {
  const memory = new Map<string, string>();
  const ask = <Answer>(work: (storage: Storage) => Answer): Answer | null => {
    try {
      return work(open());
    } catch {
      return null;
    }
  };
  return {
    get: (key) => memory.get(key) ?? ask((storage) => storage.getItem(key)),
    set: (key, value) => {
      memory.set(key, value);
      const kept = ask((storage) => {
        storage.setItem(key, value);
        return true;
      });
      if (kept) memory.delete(key);
    },
    remove: (key) => {
      memory.delete(key);
      ask((storage) => storage.removeItem(key));
    },
  };
}

/** For all tabs, until somebody clears it. */
export const deviceStore = safely(() => localStorage);
/** For this tab, reloads included. */
export const tabStore = safely(() => sessionStorage);

/** The JSON object under a key; null for none, and for what can't be read. */
export function readJson<Kept>(store: Store, key: string): Partial<Kept> | null {
  try {
    const value: unknown = JSON.parse(store.get(key) ?? "null");
    return typeof value === "object" ? (value as Partial<Kept> | null) : null;
  } catch {
    return null;
  }
}
