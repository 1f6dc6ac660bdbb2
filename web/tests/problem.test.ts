import { describe, expect, it } from "vitest";
import { ApiError, explain, hasCode, unwrap } from "@/lib/problem";

const answer = (status: number, body: { data?: unknown; error?: unknown }) =>
  Promise.resolve({ ...body, response: new Response(null, { status }) });

describe("unwrap", () => {
  it("gives the data of a success", async () => {
    expect(await unwrap(answer(200, { data: { id: "1" } }))).toEqual({ id: "1" });
  });

  it("throws what the server said", async () => {
    const refused = unwrap(answer(409, { error: { code: "sold_out", detail: "Gone." } }));
    await expect(refused).rejects.toMatchObject({ status: 409, problem: { code: "sold_out" } });
  });

  it("throws also when the body is no problem document", async () => {
    await expect(unwrap(answer(502, { error: "<html>" }))).rejects.toBeInstanceOf(ApiError);
  });
});

describe("explain", () => {
  it("prefers our words, in the reader's language", () => {
    const error = new ApiError(409, { code: "sold_out", detail: "Gone." });
    expect(explain(error, "en")).toContain("not enough of these tickets left");
    expect(explain(error, "bn")).toContain("বাকি নেই");
    expect(hasCode(error, "sold_out")).toBe(true);
  });

  it("repeats the server's words for codes it does not know", () => {
    expect(explain(new ApiError(422, { code: "new", detail: "Choose another." }), "en")).toBe(
      "Choose another.",
    );
  });

  it("tells a lost connection from a refusal", () => {
    expect(explain(new TypeError("Failed to fetch"), "en")).toContain("connection");
    expect(explain(new ApiError(500, {}), "en")).toContain("our side");
  });
});
