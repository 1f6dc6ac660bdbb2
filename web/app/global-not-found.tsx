import type { Metadata } from "next";
import { RootDocument } from "@/components/layout/root-document";
import { ButtonLink } from "@/components/ui/button";
import { Page, PageHeader } from "@/components/ui/page";
import { pageMeta } from "@/lib/page-meta";
import { common } from "@/messages/common";
import "./globals.css";

export const metadata: Metadata = pageMeta("en", common.en.notFoundTitle);

/** One page for both languages: the server answers it to every unknown address. */
export default function NotFound() {
  const { en, bn } = common;
  return (
    <RootDocument locale="en">
      <Page>
        <PageHeader title={en.notFoundTitle} lead={en.notFoundHint} />
        <ButtonLink href="/events/">{en.seeEvents}</ButtonLink>
        <div lang="bn" className="mt-12 space-y-3">
          <p className="text-2xl font-bold">{bn.notFoundTitle}</p>
          <p className="text-muted">{bn.notFoundHint}</p>
          <ButtonLink variant="secondary" href="/bn/events/">
            {bn.seeEvents}
          </ButtonLink>
        </div>
      </Page>
    </RootDocument>
  );
}
