import { deviceStore } from "@/lib/storage";

const KEPT = "bashi.door.camera";

/** The camera used last time, else the one on the back. Throws the browser's DOMException. */
export async function openCamera(deviceId?: string): Promise<MediaStream> {
  const wanted = deviceId ?? deviceStore.get(KEPT);
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  const video = wanted
    ? { ...size, deviceId: { ideal: wanted } }
    : { ...size, facingMode: "environment" };
  const stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
  const used = trackOf(stream)?.getSettings().deviceId;
  if (deviceId && used) deviceStore.set(KEPT, used);
  return stream;
}

export const trackOf = (stream: MediaStream | null) => stream?.getVideoTracks()[0];

export function closeCamera(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** The camera after the one in use; undefined when there is only one. */
export async function otherCamera(stream: MediaStream): Promise<string | undefined> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const ids = devices.filter(({ kind }) => kind === "videoinput").map((device) => device.deviceId);
  const used = ids.indexOf(trackOf(stream)?.getSettings().deviceId ?? "");
  return ids.length > 1 ? ids[(used + 1) % ids.length] : undefined;
}

interface TorchConstraint extends MediaTrackConstraintSet {
  torch: boolean;
}

export function hasTorch(stream: MediaStream): boolean {
  const track = trackOf(stream);
  // Absent in older browsers.
  const able = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  return able?.torch === true;
}

export async function setTorch(stream: MediaStream, torch: boolean): Promise<void> {
  const constraint: TorchConstraint = { torch };
  await trackOf(stream)?.applyConstraints({ advanced: [constraint] });
}
