"use client";

import { useState } from "react";
import { useLocale } from "@/lib/locale";
import { explain } from "@/lib/problem";
import { Button } from "../../ui/button";

interface AlarmButtonProps {
  label: string;
  /** Which alarm it is about, for those who hear the page. */
  spoken: string;
  act: () => Promise<unknown>;
  onDone: () => void;
}

/** Does something about an alarm, and says so when it could not be done. */
export function AlarmButton({ label, spoken, act, onDone }: AlarmButtonProps) {
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState("");
  const press = async () => {
    setBusy(true);
    setFailure("");
    try {
      await act();
      onDone();
    } catch (error) {
      setFailure(explain(error, locale));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="secondary" busy={busy} aria-label={spoken} onClick={() => void press()}>
        {label}
      </Button>
      <p role="status" className="text-sm">
        {failure}
      </p>
    </>
  );
}
