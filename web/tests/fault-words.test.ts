import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explainFault } from "@/lib/faults";
import { faults } from "@/messages/faults";

const ERRORS = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
const CODES = [...ERRORS.matchAll(/^\| `(\w+)` \| [^45]/gm)].map(([, code]) => code ?? "");

describe("every documented code of a field", () => {
  it.each(CODES)("%s has words in both languages", (code) => {
    expect(faults.en).toHaveProperty(code, expect.stringMatching(/[.!?]$/u));
    expect(faults.bn).toHaveProperty(code, expect.stringMatching(/\p{Script=Bengali}.*।$/u));
  });

  it("is all that there are words for", () => {
    expect(Object.keys(faults.en).sort()).toEqual([...CODES].sort());
  });
});

describe("a fault", () => {
  it("is told in the reader's language, with the server's limits in their digits", () => {
    const fault = { code: "password_short", detail: "the server's words", least: 15 };
    expect(explainFault(fault, "en")).toBe("Use at least 15 characters.");
    expect(explainFault(fault, "bn")).toBe("অন্তত ১৫টি অক্ষর ব্যবহার করুন।");
  });

  it("that this page does not know yet is told in the server's words", () => {
    const fault = { code: "from_the_future", detail: "The server's words." };
    expect(explainFault(fault, "bn")).toBe("The server's words.");
  });
});
