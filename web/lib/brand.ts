/** The community's name as built into the pages; the server's own settings say the same at run time. */
export const brand = {
  en: process.env.NEXT_PUBLIC_SITE_NAME ?? "OKLAHOMABASHI",
  bn: process.env.NEXT_PUBLIC_SITE_NAME_BN ?? "ওকলাহোমাবাসী",
} as const;

/** In a language, or as English has it. */
export const builtName = (language: string): string =>
  (brand as Readonly<Record<string, string>>)[language] ?? brand.en;
