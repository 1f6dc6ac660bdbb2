import { type ReactNode, useId } from "react";
import { Card } from "../ui/card";

/** One step of the checkout under its own heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Card className="space-y-5">
        <h2 id={id} className="text-xl font-bold">
          {title}
        </h2>
        {children}
      </Card>
    </section>
  );
}
