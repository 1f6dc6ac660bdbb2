"use client";

import { useEffect } from "react";

declare global {
  interface Window {
    /** Lets go of what was kept; gone once it has been called. */
    early?: () => void;
  }
}

/*
 * Keeps each form that is sent and each button that is pressed while the page's scripts are on
 * their way, once. It has to be small: it stands in every page.
 */
const KEEP = `(() => {
const kept = new Set();
const keep = (event) => {
  const part = event.target.closest("form, button[type=button]");
  if (!part || (event.type === "click" && part.tagName === "FORM")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  kept.add(part);
};
addEventListener("click", keep, true);
addEventListener("submit", keep, true);
window.early = () => {
  delete window.early;
  removeEventListener("click", keep, true);
  removeEventListener("submit", keep, true);
  for (const part of kept) part.tagName === "FORM" ? part.requestSubmit() : part.click();
};
})()`;

/** What somebody does before React has taken over the page is done as soon as it has. */
export function Early() {
  useEffect(() => window.early?.(), []);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant, and the policy has its hash.
  return <script dangerouslySetInnerHTML={{ __html: KEEP }} />;
}
