import { ApiError } from "@/lib/problem";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

/** The server was not reached, or could not answer now: the same scan may be sent again. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status >= 500 || error.status === 429;
}

/**
 * Sends one scan until the server answers it; `onUnsent` hears of each failure. Its id is the same
 * each time, so an answer that was lost on its way is given again. Throws what is not transient.
 */
export async function send<Answer>(
  ask: () => Promise<Answer>,
  onUnsent: () => void,
  wait: (ms: number) => Promise<void> = sleep,
): Promise<Answer> {
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 2, LONGEST_WAIT_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (!isTransient(error)) throw error;
      onUnsent();
      await wait(pause);
    }
  }
}

/** Ends early when the connection comes back. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      removeEventListener("online", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    addEventListener("online", wake);
  });
}
