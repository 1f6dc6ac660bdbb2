"use client";

import { useEffect } from "react";
import { useLocale } from "@/lib/locale";
import { door } from "@/messages/door";
import { CameraBox } from "./camera-box";
import { signedCode } from "./code";
import { Figures } from "./figures";
import { FindGuest } from "./find-guest";
import { History } from "./history";
import type { Place } from "./place";
import { signal } from "./signals";
import { TypedCode } from "./typed-code";
import { useCamera } from "./use-camera";
import { useFigures } from "./use-figures";
import { useScans } from "./use-scans";
import { useTurns } from "./use-turns";
import { useWakeLock } from "./use-wake-lock";
import { judge } from "./verdict";
import { VerdictScreen } from "./verdict-screen";

/** One door: camera, typed codes, the verdict over everything, and what happened before. */
export function Scanner({ place, change }: { place: Place; change: () => void }) {
  const t = door[useLocale()];
  const { event, gate } = place;
  const { figures, reached, admit } = useFigures(event.id, gate);
  const scans = useScans(event.id, gate, ({ verdict }, seen) => {
    if (seen) signal(judge(verdict).tone);
    if (verdict === "admitted") admit();
  });
  const turns = useTurns(scans.current, scans.scan);
  const onText = (text: string) => {
    const code = signedCode(text);
    scans.scan(code ? { code } : null);
  };
  const { resume } = scans;
  useEffect(() => resume(), [resume]);
  const camera = useCamera(onText, scans.current !== null);
  const checking = scans.current?.state === "sending";
  useWakeLock(camera.state === "on");
  return (
    <div className="grow bg-neutral-950 text-white **:focus-visible:outline-white">
      <div className="mx-auto w-full max-w-xl space-y-5 px-gutter py-4">
        <h1 className="sr-only">{t.title}</h1>
        <Figures
          place={place}
          figures={figures}
          reached={reached && scans.unsent === 0}
          change={change}
        />
        <CameraBox camera={camera} checking={checking} />
        <TypedCode busy={checking} onCode={turns.come} />
        <FindGuest
          eventId={event.id}
          entries={scans.entries}
          busy={checking}
          onChosen={scans.scan}
        />
        <History entries={scans.entries} timeZone={event.time_zone} />
      </div>
      <VerdictScreen
        entry={scans.current}
        timeZone={event.time_zone}
        full={scans.full}
        waiting={turns.waiting}
        next={scans.next}
      />
    </div>
  );
}
