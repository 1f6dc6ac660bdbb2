"use client";

import { lazy, Suspense } from "react";
import { useSearch } from "@/lib/use-address";
import { Loading } from "../../ui/spinner";
import { AdminPage } from "../admin-page";
import { OrdersList } from "./orders-list";

const OrderDetail = lazy(() => import("./order-detail"));

/** The list of orders, or with `?id=` one of them. */
export function OrdersView() {
  return (
    <AdminPage section="orders">
      <Suspense fallback={<Loading />}>
        <Which />
      </Suspense>
    </AdminPage>
  );
}

function Which() {
  const id = new URLSearchParams(useSearch() ?? "").get("id");
  return id ? <OrderDetail key={id} id={id} /> : <OrdersList />;
}
