import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { problems } from "@/messages/problems";

const ERRORS = new URL("../../docs/errors.md", import.meta.url);
const CODES = [...readFileSync(ERRORS, "utf8").matchAll(/^\| `(\w+)` \| [45]/gm)].map(
  ([, code]) => code ?? "",
);

describe("every documented problem code", () => {
  it.each(CODES)("%s has words in both languages", (code) => {
    expect(problems.en).toHaveProperty(code, expect.stringMatching(/[.!?]$/u));
    expect(problems.bn).toHaveProperty(code, expect.stringMatching(/\p{Script=Bengali}.*।$/u));
  });

  it("is read from a page that lists them", () => {
    expect(CODES).toContain("sold_out");
  });
});
