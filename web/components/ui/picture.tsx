import type { Schemas } from "@/lib/api";

interface PictureProps {
  cover: Schemas["Cover"];
  sizes: string;
  eager?: boolean;
  className?: string;
}

/** An uploaded cover in the widths that the server made; 16:9 boxes, so nothing jumps. */
export function Picture({ cover, sizes, eager, className }: PictureProps) {
  const file = (width: number) => `${cover.srcset_base}-${width}.webp`;
  const fallback = cover.widths.find((width) => width >= 640) ?? cover.widths.at(-1) ?? 640;
  return (
    // biome-ignore lint/performance/noImgElement: next/image writes inline styles, which the policy forbids.
    <img
      src={file(fallback)}
      srcSet={cover.widths.map((width) => `${file(width)} ${width}w`).join(", ")}
      sizes={sizes}
      alt={cover.alt}
      width={640}
      height={360}
      decoding="async"
      loading={eager ? "eager" : "lazy"}
      fetchPriority={eager ? "high" : "auto"}
      className={className}
    />
  );
}
