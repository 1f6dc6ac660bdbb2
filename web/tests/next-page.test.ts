import { describe, expect, it } from "vitest";
import { isOwnPath, nextPage } from "@/lib/next-page";

describe("where to go after login", () => {
  it("is where the visitor wanted to go", () => {
    expect(nextPage("?next=%2Fcheckout%2F%3Fevent%3Dpujo", { role: "user" }, "en")).toBe(
      "/checkout/?event=pujo",
    );
  });

  it.each([
    ["user", "/bn/tickets/"],
    ["volunteer", "/bn/scan/"],
    ["admin", "/bn/admin/"],
  ] as const)("is a %s's own start page otherwise", (role, path) => {
    expect(nextPage("", { role }, "bn")).toBe(path);
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:0",
    "/\t/evil.example",
    "",
  ])("never leaves the site by %j", (path) => {
    expect(isOwnPath(path)).toBe(false);
    expect(nextPage(`?next=${encodeURIComponent(path)}`, { role: "user" }, "en")).toBe("/tickets/");
  });
});
