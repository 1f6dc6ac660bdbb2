"use client";

import { api } from "@/lib/api";
import { useLocale } from "@/lib/locale";
import { unwrap } from "@/lib/problem";
import { useRepeat } from "@/lib/use-repeat";
import { useResource } from "@/lib/use-resource";
import { adminOverview } from "@/messages/admin-overview";
import { Failure } from "../../ui/failure";
import { PageHeader } from "../../ui/page";
import { Loading } from "../../ui/spinner";
import { AdminPage } from "../admin-page";
import { Alarms } from "./alarms";
import { Figures } from "./figures";
import { PaidWithoutTicket } from "./paid-without-ticket";

const POLL_SECONDS = 30;

export function OverviewView() {
  return (
    <AdminPage section="overview">
      <PageHeader title={adminOverview[useLocale()].title} />
      <Console />
    </AdminPage>
  );
}

/** Whether all is well, at a glance; looks again by itself. */
function Console() {
  const overview = useResource("overview", () => unwrap(api.GET("/admin/overview")));
  useRepeat(true, POLL_SECONDS, overview.reload);
  return (
    <div className="space-y-6">
      {overview.error ? <Failure error={overview.error} retry={overview.reload} /> : null}
      {overview.loading && <Loading />}
      {overview.data && (
        <>
          <PaidWithoutTicket overview={overview.data} />
          <Alarms alarms={overview.data.alarms} onResolved={overview.reload} />
          <Figures overview={overview.data} />
        </>
      )}
    </div>
  );
}
