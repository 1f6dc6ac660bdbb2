import { CreditCardIcon, QrCodeIcon, TicketIcon } from "@heroicons/react/24/outline";
import { href, type Locale, otherLocale } from "@/lib/i18n";
import { home } from "@/messages/home";
import { BrandName } from "../layout/brand-name";
import { ButtonLink } from "../ui/button";
import { ComingUp } from "./coming-up";
import { HomeText } from "./home-text";
import { Rings } from "./rings";

const ICONS = [TicketIcon, CreditCardIcon, QrCodeIcon];

export function HomeView({ locale }: { locale: Locale }) {
  const t = home[locale];
  const other = otherLocale(locale);
  return (
    <>
      <section className="relative isolate overflow-hidden bg-brand-dark text-white">
        <Rings />
        <div className="mx-auto max-w-5xl px-gutter py-16 sm:py-24">
          <p className="font-semibold text-gold">
            <BrandName language={locale} /> ·{" "}
            <span lang={other}>
              <BrandName language={other} />
            </span>
          </p>
          <h1 className="mt-3 max-w-2xl text-4xl leading-tight font-extrabold tracking-tight break-words sm:text-5xl">
            <HomeText part="headline" />
          </h1>
          <p className="mt-4 max-w-xl text-lg text-white/90">
            <HomeText part="lead" />
          </p>
          <a
            href={href(locale, "/events/")}
            className="mt-8 inline-flex min-h-14 items-center rounded-xl border border-transparent bg-gold px-6 text-lg font-bold text-ink hover:bg-gold-soft focus-visible:outline-white"
          >
            {t.seeEvents}
          </a>
        </div>
      </section>
      <section aria-labelledby="coming-up" className="mx-auto max-w-5xl px-gutter py-12">
        <h2 id="coming-up" className="mb-5 text-2xl font-bold">
          {t.comingUp}
        </h2>
        <ComingUp />
        <div className="mt-6 text-center">
          <ButtonLink variant="secondary" href={href(locale, "/events/")}>
            {t.seeEvents}
          </ButtonLink>
        </div>
      </section>
      <section aria-labelledby="how" className="border-t border-line bg-card">
        <div className="mx-auto max-w-5xl px-gutter py-12">
          <h2 id="how" className="text-2xl font-bold">
            {t.howTitle}
          </h2>
          <ol className="mt-6 grid gap-6 sm:grid-cols-3">
            {t.how.map(([title, text], index) => {
              const Icon = ICONS[index] ?? TicketIcon;
              return (
                <li key={title} className="flex gap-4 sm:block">
                  <span className="grid size-12 shrink-0 place-items-center rounded-xl bg-brand-soft text-brand">
                    <Icon className="size-7" aria-hidden="true" />
                  </span>
                  <div className="sm:mt-3">
                    <h3 className="text-lg font-bold">{title}</h3>
                    <p className="mt-1 text-muted">{text}</p>
                  </div>
                </li>
              );
            })}
          </ol>
        </div>
      </section>
    </>
  );
}
