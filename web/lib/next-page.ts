import { href, type Locale } from "./i18n";
import type { Person } from "./session";

/** Where to go after login: `?next=` if it is a path of this site, else the person's own start. */
export function nextPage(search: string, person: Pick<Person, "role">, locale: Locale): string {
  const wanted = new URLSearchParams(search).get("next") ?? "";
  return isOwnPath(wanted) ? wanted : startPage(person, locale);
}

/** `//host` and `/\host` lead elsewhere; control characters hide that from a simple look. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path);
}

function startPage(person: Pick<Person, "role">, locale: Locale): string {
  if (person.role === "admin") return href(locale, "/admin/");
  return href(locale, person.role === "volunteer" ? "/scan/" : "/tickets/");
}
