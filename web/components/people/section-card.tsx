import type { ReactNode } from "react";
import { Card } from "../ui/card";

/** One subject of the account page, under its own heading. */
export function SectionCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="space-y-5">
      <h2 className="text-xl font-bold">{title}</h2>
      {children}
    </Card>
  );
}
