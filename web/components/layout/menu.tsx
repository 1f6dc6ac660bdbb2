"use client";

import type { ReactNode } from "react";
import { signOut } from "@/lib/api";
import { href } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { isStaff, useSession } from "@/lib/session";
import { common } from "@/messages/common";

const ITEM =
  "flex min-h-11 w-full cursor-pointer items-center rounded-lg px-3 font-medium hover:bg-brand focus-visible:outline-white";

/** What this visitor may open. Full page loads, so that every page comes with its own policy. */
export function Menu() {
  const locale = useLocale();
  const t = common[locale];
  const session = useSession();
  const person = session?.person;
  const leave = async () => {
    await signOut().catch(() => undefined);
    location.assign(href(locale, "/"));
  };
  return (
    <ul className="flex flex-col md:flex-row md:items-center">
      <Item path="/events/">{t.events}</Item>
      {isStaff(person) && <Item path="/scan/">{t.scan}</Item>}
      {person?.role === "admin" && <Item path="/admin/">{t.admin}</Item>}
      {person && <Item path="/tickets/">{t.myTickets}</Item>}
      {person && <Item path="/account/">{t.account}</Item>}
      {person && (
        <li>
          <button type="button" className={ITEM} onClick={() => void leave()}>
            {t.logout}
          </button>
        </li>
      )}
      {!person && <Item path="/login/">{t.login}</Item>}
    </ul>
  );
}

function Item({ path, children }: { path: `/${string}`; children: ReactNode }) {
  return (
    <li>
      <a className={ITEM} href={href(useLocale(), path)}>
        {children}
      </a>
    </li>
  );
}
