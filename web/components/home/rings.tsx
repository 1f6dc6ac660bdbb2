/** An alpona-like ornament of rings behind the hero; decoration only. */
export function Rings() {
  return (
    <svg
      viewBox="0 0 400 400"
      aria-hidden="true"
      className="absolute -top-16 -right-24 -z-10 size-[26rem] text-gold opacity-25 sm:-right-72 xl:-top-20 xl:-right-10 xl:size-[34rem] xl:opacity-60"
    >
      <g fill="none" stroke="currentColor" strokeWidth="2">
        {[40, 70, 104, 142, 184].map((radius, index) => (
          <circle
            key={radius}
            cx="200"
            cy="200"
            r={radius}
            strokeDasharray={index % 2 ? "2 12" : undefined}
            strokeWidth={index % 2 ? 6 : 2}
            strokeLinecap="round"
          />
        ))}
        {PETALS.map((angle) => (
          <ellipse
            key={angle}
            cx="200"
            cy="113"
            rx="13"
            ry="30"
            transform={`rotate(${angle} 200 200)`}
          />
        ))}
      </g>
      <circle cx="200" cy="200" r="14" fill="currentColor" />
    </svg>
  );
}

const PETALS = Array.from({ length: 12 }, (_, index) => index * 30);
