import { describe, expect, it } from "vitest";
import { sameCode, signedCode, ticketId, typedCode } from "@/components/door/code";
import { isTransient, send } from "@/components/door/send";
import { Sight } from "@/components/door/sight";
import { withOneMore } from "@/components/door/use-figures";
import { judge } from "@/components/door/verdict";
import { ApiError } from "@/lib/problem";

const BEFORE = "v1.4EgepG.AaIJ7VE1eEON5jSr3lev9A.AaIJ9tpleJ-Px6od22-RiA.1.K5gQdSgn5QQ_WhQ-wXz";

const CODE =
  "218541728844357255953197850170008244488823477067410098317325067621097645242910326759383666" +
  "991535495698118132909161518087440126258548733726931057356453513498238473801078686117807240" +
  "4590810279730194612546699010";

describe("a ticket's code", () => {
  it("is found in its link, and alone", () => {
    expect(signedCode(`https://example.org/t/#${CODE}`)).toBe(CODE);
    expect(signedCode(` ${CODE}\n`)).toBe(CODE);
    expect(signedCode(`https://example.org/t/#${BEFORE}`)).toBe(BEFORE);
  });

  it("is not found in other QR codes", () => {
    expect(signedCode("https://example.org/menu")).toBeNull();
    expect(signedCode("v1.a.b")).toBeNull();
    expect(signedCode(`${CODE} and more`)).toBeNull();
    expect(signedCode(`${CODE}0`)).toBeNull();
    expect(signedCode(`0${CODE}`)).toBeNull();
  });

  it("names its ticket as a UUID", () => {
    expect(ticketId(CODE)).toBe("01a209f6-da65-789f-8fc7-aa1ddb6f9188");
    expect(ticketId(BEFORE)).toBe("01a209f6-da65-789f-8fc7-aa1ddb6f9188");
    expect(ticketId("v1.k.e.short.1.s")).toBeNull();
    expect(ticketId("3".repeat(208))).toBeNull();
  });
});

describe("a typed code", () => {
  it("may have spaces, dashes and small letters", () => {
    expect(typedCode(" 7kq2m-9xw4t ")).toEqual({ typed_code: "7KQ2M9XW4T" });
  });

  it("may have the digits of a Bangla keyboard, and full-width signs", () => {
    expect(typedCode("XPND৭QHS৯P")).toEqual({ typed_code: "XPND7QHS9P" });
    expect(typedCode("７ＫＱ２Ｍ ９ＸＷ４Ｔ")).toEqual({ typed_code: "7KQ2M9XW4T" });
  });

  it("may be the whole link, pasted or from a scanner with a cable", () => {
    expect(typedCode(`https://example.org/t/#${CODE}`)).toEqual({ code: CODE });
  });

  it("has ten symbols", () => {
    expect(typedCode("7KQ2M")).toBeNull();
    expect(typedCode("")).toBeNull();
  });
});

describe("a guest who was found", () => {
  it("is the same one only by the same ticket", () => {
    expect(sameCode({ ticket_id: "one" }, { ticket_id: "one" })).toBe(true);
    expect(sameCode({ ticket_id: "one" }, { ticket_id: "two" })).toBe(false);
    expect(sameCode({ ticket_id: "one" }, { typed_code: "one" })).toBe(false);
  });
});

describe("a verdict", () => {
  it("is green for one word only", () => {
    const words = [
      "already_used",
      "void",
      "wrong_event",
      "unknown",
      "forged",
      "superseded",
      "frozen",
      "?",
    ];
    expect(judge("admitted").tone).toBe("admit");
    expect(words.map((word) => judge(word).tone)).not.toContain("admit");
    expect(judge("already_used")).toEqual({ tone: "used", reason: "usedAt" });
    expect(judge("wrong_event")).toEqual({ tone: "refuse", reason: "wrong_event" });
  });
});

describe("what the camera sees", () => {
  it("counts as new after three seconds out of sight, not while it lingers", () => {
    const sight = new Sight();
    sight.take("a", 0);
    expect(sight.isNew("a", 2900)).toBe(false);
    expect(sight.isNew("a", 5800)).toBe(false);
    expect(sight.isNew("b", 5800)).toBe(true);
    expect(sight.isNew("a", 8800)).toBe(true);
  });
});

describe("sending a scan", () => {
  const refused = (status: number) => new ApiError(status, {});

  it("goes on until the server answers", async () => {
    const failures = [new TypeError("offline"), refused(503), refused(429)];
    const waits: number[] = [];
    let unsent = 0;
    const answer = await send(
      async () => {
        const failure = failures.shift();
        if (failure) throw failure;
        return "admitted";
      },
      () => {
        unsent += 1;
      },
      async (ms) => void waits.push(ms),
    );
    expect(answer).toBe("admitted");
    expect(unsent).toBe(3);
    expect(waits).toEqual([500, 1000, 2000]);
  });

  it("stops at a refusal", async () => {
    const ask = () => Promise.reject(refused(403));
    await expect(send(ask, () => undefined)).rejects.toBeInstanceOf(ApiError);
    expect(isTransient(refused(404))).toBe(false);
  });
});

describe("figures", () => {
  it("count one more at this gate and in all", () => {
    const before = { admitted: 3, issued: 9, gates: [{ gate: "B", admitted: 3 }] };
    expect(withOneMore(before, "A")).toEqual({
      admitted: 4,
      issued: 9,
      gates: [
        { gate: "B", admitted: 3 },
        { gate: "A", admitted: 1 },
      ],
    });
  });
});
