"use client";

import { MagnifyingGlassIcon } from "@heroicons/react/24/outline";
import type { ComponentProps } from "react";
import { useLocale } from "@/lib/locale";
import { admin } from "@/messages/admin";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

interface NothingProps extends ComponentProps<typeof EmptyState> {
  /** Given when filters may be the reason. */
  clear: (() => void) | null;
}

/** An empty list: because of its filters, or because there is nothing yet. */
export function Nothing({ clear, ...fresh }: NothingProps) {
  const t = admin[useLocale()];
  if (!clear) return <EmptyState {...fresh} />;
  return (
    <EmptyState icon={MagnifyingGlassIcon} title={t.noneFound}>
      <p>{t.noneFoundHint}</p>
      <Button variant="secondary" onClick={clear}>
        {t.clear}
      </Button>
    </EmptyState>
  );
}
