"use client";

import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/lib/cx";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { admin } from "@/messages/admin";
import { SignedIn } from "../layout/signed-in";
import { Page, PageHeader } from "../ui/page";

const SECTIONS = [
  ["overview", "/admin/"],
  ["events", "/admin/events/"],
  ["orders", "/admin/orders/"],
  ["tickets", "/admin/tickets/"],
  ["people", "/admin/people/"],
  ["audit", "/admin/audit/"],
] as const;
type Section = (typeof SECTIONS)[number][0];

interface AdminPageProps {
  section: Section;
  children: ReactNode;
}

/** The frame of every organizers' page: admins only, with the way to the other sections. */
export function AdminPage({ section, children }: AdminPageProps) {
  return (
    <SignedIn as="admin">
      {() => (
        <>
          <Sections current={section} />
          <Page width="wide">{children}</Page>
        </>
      )}
    </SignedIn>
  );
}

function Sections({ current }: { current: Section }) {
  const locale = useLocale();
  const t = admin[locale];
  return (
    <nav aria-label={t.organize} className="border-b border-line bg-card">
      <ul className="mx-auto flex max-w-5xl flex-wrap px-2 sm:px-4">
        {SECTIONS.map(([name, path]) => (
          <li key={name}>
            <a
              href={href(locale, path)}
              aria-current={name === current ? "page" : undefined}
              className={cx(
                "flex min-h-11 items-center border-b-3 px-2.5 font-medium sm:px-3",
                name === current
                  ? "border-brand text-brand"
                  : "border-transparent hover:bg-brand-soft",
              )}
            >
              {t[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A page below a section, with the way back up. */
export function SubHeader({
  back,
  to,
  ...header
}: ComponentProps<typeof PageHeader> & { back: string; to: `/${string}` }) {
  return (
    <>
      <a
        href={href(useLocale(), to)}
        className="mb-2 inline-flex min-h-11 items-center gap-1 text-brand underline underline-offset-4"
      >
        <span aria-hidden="true">←</span> {back}
      </a>
      <PageHeader {...header} />
    </>
  );
}
