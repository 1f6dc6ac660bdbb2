"use client";

import { useSearch } from "@/lib/use-address";

interface OtherWayProps {
  question: string;
  answer: string;
  path: string;
}

/** From login to registration and back, keeping where the visitor wanted to go. */
export function OtherWay({ question, answer, path }: OtherWayProps) {
  const search = useSearch() ?? "";
  return (
    <p className="mt-6 text-center">
      {question}{" "}
      <a
        className="inline-flex min-h-11 items-center font-semibold text-brand underline"
        href={path + search}
      >
        {answer}
      </a>
    </p>
  );
}
