import type { NextConfig } from "next";

const config: NextConfig = {
  output: "export",
  trailingSlash: true,
  reactStrictMode: true,
  poweredByHeader: false,
  // A constant: chunk names are content hashes already, so two builds of one source are byte-equal.
  generateBuildId: () => "export",
};

export default config;
