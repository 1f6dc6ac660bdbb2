"use client";

import { type ReactNode, useState } from "react";
import { useLocale } from "@/lib/locale";
import { explain } from "@/lib/problem";
import { admin } from "@/messages/admin";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

interface ConfirmProps {
  open: boolean;
  title: string;
  /** Says what will happen; names the object and the amount. */
  action: string;
  danger?: boolean;
  onClose: () => void;
  /** Closes when it returns; what it throws is shown. */
  onConfirm: () => Promise<void>;
  /** Words for refusals that mean something else here. */
  words?: (error: unknown) => string | undefined;
  children?: ReactNode;
}

/** Asks before something that others will notice. */
export function Confirm({ open, title, onClose, ...question }: ConfirmProps) {
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <Question onClose={onClose} {...question} />
    </Dialog>
  );
}

function Question(props: Omit<ConfirmProps, "open" | "title">) {
  const { action, danger, onClose, onConfirm, words, children } = props;
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <>
      {children}
      {error !== null && <Alert kind="error">{words?.(error) ?? explain(error, locale)}</Alert>}
      <div className="flex flex-wrap gap-2">
        <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={() => void go()}>
          {action}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {admin[locale].goBack}
        </Button>
      </div>
    </>
  );
}
