import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  // A busy machine is slow; what never ends is what this bound is for.
  test: { include: ["tests/**/*.test.ts"], environment: "node", testTimeout: 120_000 },
});
