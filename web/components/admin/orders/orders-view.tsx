"use client";

import { useSearch } from "@/lib/use-address";
import { AdminPage } from "../admin-page";
import { OrderDetail } from "./order-detail";
import { OrdersList } from "./orders-list";

/** The list of orders, or with `?id=` one of them. */
export function OrdersView() {
  return (
    <AdminPage section="orders">
      <Which />
    </AdminPage>
  );
}

function Which() {
  const id = new URLSearchParams(useSearch() ?? "").get("id");
  return id ? <OrderDetail key={id} id={id} /> : <OrdersList />;
}
