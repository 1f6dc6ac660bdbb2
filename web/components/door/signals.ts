import { deviceStore } from "@/lib/storage";
import type { Tone } from "./verdict";

const MUTED = "bashi.door.muted";

/** [hertz, start, length] of each note in seconds: rising, twice the same, low and long. */
const NOTES: Record<Tone, [number, number, number][]> = {
  admit: [
    [880, 0, 0.09],
    [1320, 0.1, 0.14],
  ],
  used: [
    [620, 0, 0.14],
    [620, 0.22, 0.14],
  ],
  refuse: [[170, 0, 0.6]],
};
/** Milliseconds of shaking and rest. Phones without it ignore this. */
const SHAKES: Record<Tone, number[]> = {
  admit: [80],
  used: [120, 80, 120],
  refuse: [500],
};
const VOLUME = 0.3;

let context: AudioContext | null = null;

/** Browsers give sound only to a page that was touched: call it in a tap. */
export function unlockSound(): void {
  context ??= new AudioContext();
  void context.resume();
}

export const isMuted = (): boolean => deviceStore.get(MUTED) === "1";

export function setMuted(muted: boolean): void {
  if (muted) deviceStore.set(MUTED, "1");
  else deviceStore.remove(MUTED);
}

/** Heard and felt, so that the eyes may stay with the people. */
export function signal(tone: Tone): void {
  if (!context) return; // browsers let no page shake the phone before a tap either
  navigator.vibrate?.(SHAKES[tone]);
  if (isMuted()) return;
  for (const [hertz, start, length] of NOTES[tone]) beep(context, hertz, start, length);
}

function beep(audio: AudioContext, hertz: number, start: number, length: number): void {
  const from = audio.currentTime + start;
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.type = hertz < 300 ? "sawtooth" : "sine";
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(VOLUME, from);
  volume.gain.linearRampToValueAtTime(0, from + length);
  tone.connect(volume).connect(audio.destination);
  tone.start(from);
  tone.stop(from + length);
}
