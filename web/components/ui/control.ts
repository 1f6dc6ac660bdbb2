/** How a text control looks. */
export const CONTROL =
  "block min-h-12 w-full rounded-lg border border-field bg-white px-3 py-2 text-base placeholder:text-muted aria-invalid:border-2 aria-invalid:border-bad";
