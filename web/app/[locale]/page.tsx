import { HomeView } from "@/components/home/home-view";
import { headOf, localeOf, type PageProps } from "@/lib/page-meta";
import { home } from "@/messages/home";

export const generateMetadata = headOf((locale) => {
  const { title, description } = home[locale];
  return { title, description };
});

export default async function Home({ params }: PageProps) {
  return <HomeView locale={await localeOf(params)} />;
}
