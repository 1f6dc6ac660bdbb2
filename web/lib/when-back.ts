/** A network often says that it is back before it carries anything. */
const ONCE_MORE_MS = [1000, 3000, 8000];

/** Calls `again` when the network is back, and a few times after. Returns what ends that. */
export function whenBack(again: () => void): () => void {
  let timers: number[] = [];
  const forget = () => timers.forEach(clearTimeout);
  const back = () => {
    forget();
    timers = ONCE_MORE_MS.map((ms) => window.setTimeout(again, ms));
    again();
  };
  addEventListener("online", back);
  return () => {
    removeEventListener("online", back);
    forget();
  };
}
