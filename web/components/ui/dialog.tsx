"use client";

import { XMarkIcon } from "@heroicons/react/24/outline";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useLocale } from "@/lib/locale";
import { common } from "@/messages/common";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** The browser's own modal: it traps focus, closes with Escape and gives focus back. */
export function Dialog({ title, open, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const locale = useLocale();
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      className="m-auto w-full max-w-lg rounded-2xl border border-line bg-card p-0 text-ink shadow-2xl backdrop:bg-black/60"
    >
      {open && (
        <div className="space-y-4 p-inset sm:p-6">
          <div className="flex items-start justify-between gap-4">
            <h2 id={id} className="min-w-0 text-xl font-bold">
              {title}
            </h2>
            <button
              type="button"
              onClick={onClose}
              className="-m-2 grid size-11 shrink-0 cursor-pointer place-items-center rounded-full hover:bg-brand-soft"
            >
              <XMarkIcon className="size-6" aria-hidden="true" />
              <span className="sr-only">{common[locale].close}</span>
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
