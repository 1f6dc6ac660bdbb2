import type { Schemas } from "@/lib/api";
import type { OrderAccess } from "@/lib/payment";

/** What every part of an order's page works on. */
export interface OrderPart {
  access: OrderAccess;
  order: Schemas["Order"];
  reload: () => void;
  set: (order: Schemas["Order"]) => void;
}
