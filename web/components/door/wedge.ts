/** Longer than a scanner with a cable ever pauses between two keys. */
const PAUSE_MS = 1000;
/** Some end a code with two keys, CR and LF: the second one must not press a button. */
const ECHO_MS = 50;
/** Fewer keys are stray ones. */
const LEAST_CHARS = 6;

/**
 * Hears a scanner that writes codes like a keyboard ("wedge"), whatever has the focus: keys in quick
 * succession, then Enter or Tab. Wants to be told of every key.
 */
export class Wedge {
  private text = "";
  private lastMs = Number.NEGATIVE_INFINITY;
  private endedMs = Number.NEGATIVE_INFINITY;

  /** The text when this key ends one; "" when the key is the echo of such an end; else null. */
  hear(key: string, nowMs: number): string | null {
    if (key === "Shift") return null; // part of a capital letter
    if (nowMs - this.lastMs > PAUSE_MS) this.text = "";
    this.lastMs = nowMs;
    if (key === "Enter" || key === "Tab") return this.end(nowMs);
    this.text = Array.from(key).length === 1 ? this.text + key : "";
    return null;
  }

  /** Of keys that are meant for something else. */
  forget(): void {
    this.text = "";
  }

  private end(nowMs: number): string | null {
    const text = this.text;
    this.text = "";
    if (text.length < LEAST_CHARS) return nowMs - this.endedMs <= ECHO_MS ? "" : null;
    this.endedMs = nowMs;
    return text;
  }
}
