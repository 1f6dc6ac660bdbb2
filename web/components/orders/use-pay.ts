"use client";

import { useState } from "react";
import { type OrderAccess, pay } from "@/lib/payment";
import { hasCode } from "@/lib/problem";

/**
 * Opens the payment page of a held order. `place` is the place in line while it takes time. An order
 * that can't be paid any more is loaded again, to show why.
 */
export function usePay(access: OrderAccess, reload: () => void) {
  const [place, setPlace] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const start = async () => {
    setError(null);
    setPlace(0);
    try {
      await pay(access, setPlace);
    } catch (failure) {
      setError(failure);
      if (hasCode(failure, "order_closed")) reload();
    } finally {
      setPlace(null);
    }
  };
  return { start: () => void start(), place, error };
}
