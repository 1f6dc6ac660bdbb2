"use client";

import { api } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { type OrderAccess, orderParams } from "@/lib/payment";
import { ApiError, unwrap } from "@/lib/problem";
import { useFragment, useSearch } from "@/lib/use-address";
import { useResource } from "@/lib/use-resource";
import { orders } from "@/messages/orders";
import { SignedIn } from "../layout/signed-in";
import { Alert } from "../ui/alert";
import { Failure } from "../ui/failure";
import { Page, PageHeader } from "../ui/page";
import { Loading } from "../ui/spinner";
import { orderAccess } from "./access";
import { OrderPage } from "./order-page";

/** An order by its mailed link, which needs no account, or by its id for the person logged in. */
export function OrderView() {
  const t = orders[useLocale()];
  const search = useSearch();
  const fragment = useFragment();
  if (search === null || fragment === null) return <Waiting />;
  const access = orderAccess(search, fragment);
  if (!access) {
    return (
      <Page>
        <PageHeader title={t.title} />
        <Alert kind="error">
          <p>{t.linkIncomplete}</p>
        </Alert>
      </Page>
    );
  }
  if (access.key) return <Loaded access={access} />;
  return <SignedIn>{() => <Loaded access={access} />}</SignedIn>;
}

function Loaded({ access }: { access: OrderAccess }) {
  const t = orders[useLocale()];
  const order = useResource(access.id, () =>
    unwrap(api.GET("/orders/{order_id}", { params: orderParams(access) })),
  );
  if (order.data) {
    return <OrderPage access={access} order={order.data} reload={order.reload} set={order.set} />;
  }
  if (!order.error) return <Waiting />;
  if (order.error instanceof ApiError && order.error.status === 404) {
    return (
      <Page>
        <PageHeader title={t.notFound} lead={t.notFoundHint} />
      </Page>
    );
  }
  return (
    <Page>
      <PageHeader title={t.title} />
      <Failure error={order.error} retry={order.reload} />
    </Page>
  );
}

function Waiting() {
  const t = orders[useLocale()];
  return (
    <Page>
      <PageHeader title={t.title} />
      <Loading />
    </Page>
  );
}
