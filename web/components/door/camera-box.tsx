"use client";

import {
  ArrowPathIcon,
  BoltIcon,
  BoltSlashIcon,
  SpeakerWaveIcon,
  SpeakerXMarkIcon,
} from "@heroicons/react/24/solid";
import { type ComponentType, type SVGProps, useEffect, useState } from "react";
import { cx } from "@/lib/cx";
import { useLocale } from "@/lib/locale";
import { door } from "@/messages/door";
import { Button } from "../ui/button";
import { isMuted, setMuted, unlockSound } from "./signals";
import type { useCamera } from "./use-camera";

interface CameraBoxProps {
  camera: ReturnType<typeof useCamera>;
  checking: boolean;
}

/** What the camera sees, with light, other camera and sound in reach of the thumb. */
export function CameraBox({ camera, checking }: CameraBoxProps) {
  const t = door[useLocale()];
  const { state, torch } = camera;
  const start = () => {
    unlockSound();
    camera.start();
  };
  return (
    <div className="space-y-3">
      <div className="relative aspect-square max-h-[55dvh] w-full overflow-hidden rounded-2xl bg-neutral-800">
        <video
          ref={camera.video}
          muted
          playsInline
          aria-label={t.camera}
          className={cx("size-full object-cover", state !== "on" && "invisible")}
        />
        {state !== "on" && (
          <div className="absolute inset-0 grid place-content-center p-6 text-center">
            <Button size="large" busy={state === "starting"} onClick={start}>
              {state === "starting" ? t.starting : t.start}
            </Button>
          </div>
        )}
        <p
          role="status"
          className="absolute inset-x-0 top-0 bg-black/70 p-2 text-center text-lg font-bold empty:hidden"
        >
          {checking && t.checking}
        </p>
        <div className="absolute right-3 bottom-3 flex gap-3">
          {state === "on" && camera.change && (
            <RoundButton icon={ArrowPathIcon} label={t.otherCamera} onClick={camera.change} />
          )}
          {state === "on" && torch !== null && (
            <RoundButton
              icon={torch ? BoltSlashIcon : BoltIcon}
              label={torch ? t.torchOff : t.torchOn}
              onClick={camera.toggleTorch}
            />
          )}
          <SoundButton />
        </div>
      </div>
      {state !== "on" && <p className="text-center text-neutral-200">{t.startHint}</p>}
      {(state === "blocked" || state === "missing") && (
        <div role="alert" className="rounded-xl bg-white p-4 text-ink">
          <p className="font-semibold">{state === "blocked" ? t.blockedTitle : t.missingTitle}</p>
          <p className="mt-1">{state === "blocked" ? t.blockedHint : t.missingHint}</p>
        </div>
      )}
    </div>
  );
}

function SoundButton() {
  const t = door[useLocale()];
  const [muted, setState] = useState(false);
  useEffect(() => setState(isMuted()), []);
  const toggle = () => {
    setMuted(!muted);
    setState(!muted);
    unlockSound();
  };
  return (
    <RoundButton
      icon={muted ? SpeakerXMarkIcon : SpeakerWaveIcon}
      label={muted ? t.soundOn : t.soundOff}
      onClick={toggle}
    />
  );
}

interface RoundButtonProps {
  icon: ComponentType<SVGProps<SVGSVGElement>>;
  label: string;
  onClick: () => void;
}

function RoundButton({ icon: Icon, label, onClick }: RoundButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-[min(3.5rem,15vw)] cursor-pointer place-items-center rounded-full border border-transparent bg-white text-black shadow-lg hover:bg-neutral-200 focus-visible:outline-amber-300"
    >
      <Icon className="size-1/2" aria-hidden="true" />
    </button>
  );
}
