"use client";

import { useLocale } from "@/lib/locale";
import { explain } from "@/lib/problem";
import { common } from "@/messages/common";
import { Alert } from "./alert";
import { Button } from "./button";

/** What went wrong while loading, with a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const locale = useLocale();
  return (
    <Alert kind="error">
      <p>{explain(error, locale)}</p>
      {retry && (
        <Button variant="secondary" size="small" onClick={retry}>
          {common[locale].retry}
        </Button>
      )}
    </Alert>
  );
}
