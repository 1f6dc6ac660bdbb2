import type { Metadata } from "next";
import { HomeView } from "@/components/home/home-view";
import { home } from "@/messages/home";

export const metadata: Metadata = { title: home.en.title, description: home.en.description };

export default function Home() {
  return <HomeView locale="en" />;
}
