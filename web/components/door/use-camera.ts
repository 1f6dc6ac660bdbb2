"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { closeCamera, hasTorch, openCamera, otherCamera, setTorch, trackOf } from "./camera";
import { type Detector, makeDetector } from "./detector";
import { Sight } from "./sight";

const BETWEEN_FRAMES_MS = 70; // with the decoding itself 10 to 13 frames a second

export type CameraState = "off" | "starting" | "on" | "blocked" | "missing";

/** Reads QR codes from a camera into `onCode`; while `busy` new codes wait before the lens. */
export function useCamera(onCode: (text: string) => void, busy: boolean) {
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const latest = useRef({ onCode, busy });
  latest.current = { onCode, busy };
  const [state, setState] = useState<CameraState>("off");
  const [torch, setTorchState] = useState<boolean | null>(null);
  const [other, setOther] = useState<string | undefined>();

  const start = useCallback(async (deviceId?: string) => {
    setState("starting");
    closeCamera(stream.current);
    try {
      const opened = await openCamera(deviceId);
      stream.current = opened;
      const element = video.current;
      const detector = await makeDetector();
      if (!element) return closeCamera(opened);
      element.srcObject = opened;
      await element.play();
      setTorchState(hasTorch(opened) ? false : null);
      setOther(await otherCamera(opened));
      setState("on");
      trackOf(opened)?.addEventListener("ended", () => setState("missing"));
      void watch(element, opened, detector, latest);
    } catch (error) {
      closeCamera(stream.current);
      setState(isRefusal(error) ? "blocked" : "missing");
    }
  }, []);
  useEffect(() => {
    // Fetches the reader while the volunteer looks for the button; `start` reports a failure.
    makeDetector().catch(() => undefined);
    return () => closeCamera(stream.current);
  }, []);

  const toggleTorch = async () => {
    if (!stream.current || torch === null) return;
    await setTorch(stream.current, !torch);
    setTorchState(!torch);
  };
  return {
    video,
    state,
    start: () => void start(),
    change: other ? () => void start(other) : null,
    torch,
    toggleTorch: () => void toggleTorch().catch(() => setTorchState(null)),
  };
}

const isRefusal = (error: unknown): boolean =>
  error instanceof DOMException && ["NotAllowedError", "SecurityError"].includes(error.name);

interface Listener {
  onCode: (text: string) => void;
  busy: boolean;
}

/** Until the camera is closed. A frame that can't be read is followed by another. */
async function watch(
  video: HTMLVideoElement,
  stream: MediaStream,
  detector: Detector,
  listener: { readonly current: Listener },
): Promise<void> {
  const sight = new Sight();
  while (stream.active && video.srcObject === stream) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_FRAMES_MS));
    if (document.hidden || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) continue;
    const [found] = await detector.detect(video).catch(() => []);
    if (!found?.rawValue) continue;
    const now = performance.now();
    if (!sight.isNew(found.rawValue, now) || listener.current.busy) continue;
    sight.take(found.rawValue, now);
    listener.current.onCode(found.rawValue);
  }
}
