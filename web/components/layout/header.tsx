"use client";

import { Bars3Icon, XMarkIcon } from "@heroicons/react/24/outline";
import { type KeyboardEvent, type MouseEvent, useRef, useState } from "react";
import { cx } from "@/lib/cx";
import { counterpart, href, LOCALES, type Locale, ownName } from "@/lib/i18n";
import { useLocale } from "@/lib/locale";
import { useLocales } from "@/lib/site";
import { useBrandTitle } from "@/lib/use-brand";
import { common } from "@/messages/common";
import { BrandName } from "./brand-name";
import { Menu } from "./menu";

/** Name, language, menu; on narrow screens the menu opens below the bar. */
export function Header() {
  const locale = useLocale();
  const t = common[locale];
  useBrandTitle(locale);
  const [open, setOpen] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    setOpen(false);
    toggle.current?.focus();
  };
  const Icon = open ? XMarkIcon : Bars3Icon;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the menu from anywhere in it.
    <header className="bg-brand-dark text-white" onKeyDown={closeOnEscape}>
      <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-1 px-gutter py-1.5">
        <a
          href={href(locale, "/")}
          className="mr-auto flex min-h-11 items-center text-lg font-extrabold tracking-tight outline-offset-2 focus-visible:outline-white"
        >
          <BrandName language={locale} />
        </a>
        <nav
          id="menu"
          aria-label={t.mainMenu}
          className={cx(
            "order-last basis-full pb-2 md:order-none md:block md:basis-auto md:pb-0",
            !open && "hidden",
          )}
        >
          <Menu />
        </nav>
        <LanguageSwitch />
        <button
          ref={toggle}
          type="button"
          aria-expanded={open}
          aria-controls="menu"
          onClick={() => setOpen(!open)}
          className="grid size-11 cursor-pointer place-items-center rounded-lg hover:bg-brand focus-visible:outline-white md:hidden"
        >
          <Icon className="size-7" aria-hidden="true" />
          <span className="sr-only">{t.menu}</span>
        </button>
      </div>
    </header>
  );
}

/** Leads to the same page in each other language that is on. */
function LanguageSwitch() {
  const locale = useLocale();
  const on = useLocales();
  return LOCALES.filter((other) => other !== locale && on.includes(other)).map((other) => (
    <LanguageLink key={other} other={other} />
  ));
}

/** The same page, with its query and fragment. */
function LanguageLink({ other }: { other: Locale }) {
  const locale = useLocale();
  const keepPlace = (event: MouseEvent<HTMLAnchorElement>) => {
    event.currentTarget.href =
      counterpart(locale, location.pathname, other) + location.search + location.hash;
  };
  return (
    <a
      href={href(other, "/")}
      hrefLang={other}
      lang={other}
      onClick={keepPlace}
      className="inline-flex min-h-11 items-center rounded-lg px-3 font-semibold hover:bg-brand focus-visible:outline-white"
    >
      {ownName(other)}
    </a>
  );
}
