import { href, type Locale } from "@/lib/i18n";
import { common } from "@/messages/common";
import { BrandName } from "./brand-name";

export function Footer({ locale }: { locale: Locale }) {
  const t = common[locale];
  return (
    <footer className="border-t border-line">
      <div className="mx-auto flex max-w-5xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-gutter py-6 text-sm text-muted">
        <p>
          <span className="font-semibold text-ink">
            <BrandName language={locale} />
          </span>{" "}
          · {t.tagline}
        </p>
        <ul className="flex flex-wrap gap-2">
          <li>
            <a
              className="inline-flex min-h-11 items-center px-2 underline"
              href={href(locale, "/terms/")}
            >
              {t.terms}
            </a>
          </li>
          <li>
            <a
              className="inline-flex min-h-11 items-center px-2 underline"
              href={href(locale, "/privacy/")}
            >
              {t.privacy}
            </a>
          </li>
        </ul>
      </div>
    </footer>
  );
}
