const AGAIN_MS = 3000;
const REMEMBERED = 50;

/**
 * Tells a code held before the camera from a code that comes again: only what was out of sight
 * for three seconds counts as new, so a phone that lingers does not turn green into amber.
 */
export class Sight {
  private readonly last = new Map<string, number>();

  /** Whether the code is new at this moment; one that is not stays in sight. */
  isNew(code: string, nowMs: number): boolean {
    const before = this.last.get(code);
    if (before === undefined || nowMs - before >= AGAIN_MS) return true;
    this.last.set(code, nowMs);
    return false;
  }

  take(code: string, nowMs: number): void {
    this.last.delete(code);
    this.last.set(code, nowMs);
    const [oldest] = this.last.keys();
    if (this.last.size > REMEMBERED && oldest !== undefined) this.last.delete(oldest);
  }
}
