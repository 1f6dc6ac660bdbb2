import type { Viewport } from "next";
import type { ReactNode } from "react";
import { RootDocument } from "@/components/layout/root-document";
import "../../globals.css";

export const viewport: Viewport = { themeColor: "#5e0a1f" };

export default function Layout({ children }: { children: ReactNode }) {
  return <RootDocument locale="bn">{children}</RootDocument>;
}
