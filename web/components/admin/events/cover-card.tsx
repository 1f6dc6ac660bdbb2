"use client";

import { type ChangeEvent, useEffect, useState } from "react";
import { api } from "@/lib/api";
import { useZodForm } from "@/lib/forms";
import { useLocale } from "@/lib/locale";
import { explain, unwrap } from "@/lib/problem";
import { adminEvents } from "@/messages/admin-events";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { TextField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Picture } from "../../ui/picture";
import { Submit } from "../../ui/submit";
import type { EventPart } from "./event-part";

/** The server takes no more. */
const MOST_BYTES = 10 * 1024 * 1024;
const BOX = "aspect-video w-full rounded-xl border border-line object-cover";

/** The event's picture: what is on the page, or what would be. */
export function CoverCard({ event, onStored }: EventPart) {
  const t = adminEvents[useLocale()];
  const [file, setFile] = useState<File | null>(null);
  const [round, setRound] = useState(0);
  const [done, setDone] = useState(false);
  const tooLarge = file !== null && file.size > MOST_BYTES;
  const choose = (change: ChangeEvent<HTMLInputElement>) => {
    setFile(change.target.files?.[0] ?? null);
    setDone(false);
  };
  return (
    <Card className="space-y-4">
      <h2 className="text-xl font-bold">{t.cover}</h2>
      {file && <Preview file={file} />}
      {!file && event.cover && <Picture cover={event.cover} sizes="20rem" className={BOX} />}
      {!file && !event.cover && <p className="text-muted">{t.coverNone}</p>}
      <div className="space-y-1.5">
        <label htmlFor="cover-file" className="block font-semibold">
          {t.coverFile}
        </label>
        <p id="cover-hint" className="text-sm text-muted">
          {t.coverHint}
        </p>
        <input
          key={round}
          id="cover-file"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          aria-describedby="cover-hint"
          onChange={choose}
          className="block min-h-12 w-full cursor-pointer rounded-lg border border-field bg-white p-2 text-base"
        />
      </div>
      {tooLarge && <Alert kind="error">{t.coverTooLarge}</Alert>}
      {file && !tooLarge && (
        <UploadForm
          event={event}
          file={file}
          onStored={(stored) => {
            onStored(stored);
            setFile(null);
            setRound(round + 1);
            setDone(true);
          }}
        />
      )}
      <div role="status" className="empty:-mt-4">
        {done && <Alert kind="success">{t.coverDone}</Alert>}
      </div>
      {!file && event.cover && <RemoveCover event={event} onStored={onStored} />}
    </Card>
  );
}

function Preview({ file }: { file: File }) {
  const t = adminEvents[useLocale()];
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  // biome-ignore lint/performance/noImgElement: a file of this device, before it is uploaded.
  return address ? <img src={address} alt={t.coverPreview} className={BOX} /> : null;
}

type UploadProps = Pick<EventPart, "event" | "onStored"> & { file: File };

function UploadForm({ event, file, onStored }: UploadProps) {
  const t = adminEvents[useLocale()];
  const form = useZodForm(() => import("./schemas").then((all) => all.cover), {
    alt: event.cover?.alt ?? "",
  });
  const upload = async ({ alt }: { alt: string }) => {
    const asked = api.PUT("/admin/events/{event_id}/cover", {
      params: { path: { event_id: event.id }, query: { alt } },
      // The document types a binary body as text; the file goes as it is.
      body: file as unknown as string,
      bodySerializer: (body) => body,
      headers: { "Content-Type": file.type || "application/octet-stream" },
    });
    onStored(await unwrap(asked));
  };
  return (
    <Form form={form} onSubmit={upload}>
      <TextField name="alt" label={t.coverAlt} hint={t.coverAltHint} />
      <Submit size="medium">{t.coverUpload}</Submit>
    </Form>
  );
}

function RemoveCover({ event, onStored }: Pick<EventPart, "event" | "onStored">) {
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const remove = async () => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { event_id: event.id } };
      onStored(await unwrap(api.DELETE("/admin/events/{event_id}/cover", { params })));
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="quiet" size="small" busy={busy} onClick={() => void remove()}>
        {adminEvents[locale].coverRemove}
      </Button>
      {error !== null && <Alert kind="error">{explain(error, locale)}</Alert>}
    </>
  );
}
