import type { Schemas } from "@/lib/api";
import { cx } from "@/lib/cx";
import { Picture } from "../ui/picture";

interface CoverProps {
  cover: Schemas["Cover"] | null;
  sizes: string;
  eager?: boolean;
  className?: string;
}

/** The event's picture, or a drawn pattern where none was uploaded. */
export function Cover({ cover, className, ...rest }: CoverProps) {
  const box = cx("aspect-video w-full object-cover", className);
  if (cover) return <Picture cover={cover} className={box} {...rest} />;
  return (
    <svg
      viewBox="0 0 320 180"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={box}
    >
      <rect width="320" height="180" className="fill-brand" />
      <g className="fill-none stroke-gold" strokeWidth="2">
        {[14, 30, 48, 68, 90, 114, 140].map((radius) => (
          <circle
            key={radius}
            cx="160"
            cy="180"
            r={radius}
            strokeDasharray={radius % 4 === 0 ? "3 7" : undefined}
            opacity={1 - radius / 190}
          />
        ))}
      </g>
    </svg>
  );
}
