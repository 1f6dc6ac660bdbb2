import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";
import { cx } from "@/lib/cx";
import { Spinner } from "./spinner";

const BASE =
  "inline-flex items-center justify-center gap-2 rounded-xl font-semibold transition-colors cursor-pointer text-center";
// Transparent borders are drawn where the reader's own colors take the background away.
const VARIANTS = {
  primary: "border border-transparent bg-brand text-white hover:bg-brand-dark",
  secondary: "border border-field bg-card text-ink hover:bg-brand-soft",
  quiet: "text-brand underline underline-offset-4 hover:bg-brand-soft",
  danger: "border border-transparent bg-bad text-white hover:bg-brand-dark",
} as const;
const SIZES = {
  small: "min-h-11 px-3 text-base",
  medium: "min-h-12 px-5 text-base",
  large: "min-h-14 px-6 text-lg",
} as const;

interface Look {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
  wide?: boolean;
}

function look({ variant = "primary", size = "medium", wide }: Look, extra?: string): string {
  return cx(BASE, VARIANTS[variant], SIZES[size], wide && "w-full wrap-anywhere", extra);
}

type ButtonProps = Look & ButtonHTMLAttributes<HTMLButtonElement> & { busy?: boolean };

/** While busy it stays focusable and says so, and a second press does nothing. */
export function Button({ variant, size, wide, busy, className, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={look({ variant, size, wide }, className)}
    >
      {busy && <Spinner />}
      {rest.children}
    </button>
  );
}

type LinkProps = Look & AnchorHTMLAttributes<HTMLAnchorElement>;

/** A link that looks like a button. */
export function ButtonLink({ variant, size, wide, className, ...rest }: LinkProps) {
  return <a {...rest} className={look({ variant, size, wide }, className)} />;
}
