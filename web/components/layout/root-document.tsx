import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import { bengali, inter } from "@/lib/fonts";
import type { Locale } from "@/lib/i18n";
import { LocaleProvider } from "@/lib/locale";
import { common } from "@/messages/common";
import { DemoNote } from "./demo-note";
import { Early } from "./early";
import { Footer } from "./footer";
import { Header } from "./header";

/** The whole document of one language. */
export function RootDocument({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <html lang={locale} className={cx(inter.variable, bengali.variable)}>
      <body className="flex min-h-dvh flex-col font-sans antialiased">
        <link rel="stylesheet" href="/brand.css" precedence="high" />
        <link rel="manifest" href="/site.webmanifest" />
        <Early />
        <LocaleProvider locale={locale}>
          <a
            href="#main"
            className="sr-only z-50 bg-white p-3 text-brand focus:not-sr-only focus:absolute"
          >
            {common[locale].skip}
          </a>
          <Header />
          <main id="main" tabIndex={-1} className="grow outline-none">
            {children}
          </main>
          <DemoNote />
          <Footer locale={locale} />
        </LocaleProvider>
      </body>
    </html>
  );
}
