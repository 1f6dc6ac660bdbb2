import type { ResolverOptions } from "react-hook-form";
import { describe, expect, it } from "vitest";
import { registration } from "@/components/people/schemas";
import { flatten } from "@/components/ui/error-summary";
import { resolve } from "@/lib/forms";

const GOOD = {
  name: " Ananya Sen ",
  email: "a@example.org",
  password: "long enough",
  consent: true,
};
const options = { fields: {}, shouldUseNativeValidation: false } as ResolverOptions<typeof GOOD>;
const check = (values: typeof GOOD) =>
  resolve<typeof GOOD, typeof GOOD>(async () => registration)(values, undefined, options);

describe("a form's check", () => {
  it("gives the cleaned values", async () => {
    expect(await check(GOOD)).toEqual({ values: { ...GOOD, name: "Ananya Sen" }, errors: {} });
  });

  it("names each field that is wrong, once", async () => {
    const { errors } = await check({ name: " ", email: "a@", password: "short", consent: false });
    expect(flatten(errors)).toEqual(
      expect.arrayContaining([
        ["name", "name_missing"],
        ["email", "email_bad"],
        ["password", "password_short"],
        ["consent", "consent_missing"],
      ]),
    );
    expect(flatten(errors)).toHaveLength(4);
  });

  it("says so when the rules could not be fetched", async () => {
    const offline = resolve<typeof GOOD, typeof GOOD>(() =>
      Promise.reject(new TypeError("offline")),
    );
    const { errors } = await offline(GOOD, undefined, options);
    expect(flatten(errors)).toEqual([["root", "unready"]]);
  });
});

describe("flatten", () => {
  it("gives the path of nested fields", () => {
    const errors = { people: [undefined, { name: { type: "x", message: "name_missing" } }] };
    expect(flatten(errors as never)).toEqual([["people.1.name", "name_missing"]]);
  });
});
