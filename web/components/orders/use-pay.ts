"use client";

import { useState } from "react";
import { type OrderAccess, pay } from "@/lib/payment";

/** Opens the payment page of a held order. `place` is the place in line while it takes time. */
export function usePay(access: OrderAccess) {
  const [place, setPlace] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const start = async () => {
    setError(null);
    setPlace(0);
    try {
      await pay(access, setPlace);
    } catch (failure) {
      setError(failure);
    } finally {
      setPlace(null);
    }
  };
  return { start: () => void start(), place, error };
}
