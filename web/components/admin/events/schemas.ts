import "@/lib/zod-setup";
import * as z from "zod/mini";
import { readPrice, readWhole } from "@/lib/amounts";
import type { Schemas } from "@/lib/api";
import { chars } from "@/lib/chars";
import { atMost } from "@/lib/checks";
import { leastCharge } from "@/lib/format";
import { LOCALES } from "@/lib/i18n";
import { say, type ValidationKey } from "@/lib/say";
import { toInstant } from "@/lib/zoned";
import { isTimeZone } from "@/lib/zones";
import { eachOf, FIELDS, fieldOf, type NameOf, namesOf } from "./fields";
import { readNames } from "./values";

type TypeOf = Pick<Schemas["EventAdmin"], "time_zone" | "currency">;

const text = (most: number) => z.string().check(z.trim(), atMost(most, say("too_long")));
const needed = (most: number, missing: ValidationKey) =>
  z.string().check(z.trim(), z.minLength(1, missing), atMost(most, say("too_long")));
const whole = (least: number, most: number, message = say("number_bad")) =>
  z.string().check(
    z.refine((typed) => {
      const value = readWhole(typed);
      return value !== null && value >= least && value <= most;
    }, message),
  );
const zone = z.string().check(z.trim(), z.refine(isTimeZone, say("zone_bad")));
const moment = (local: string, timeZone: string) =>
  isTimeZone(timeZone) ? toInstant(local, timeZone) : null;
const ordered = (first: string | null, last: string | null) =>
  first === null || last === null || Date.parse(first) < Date.parse(last);

/** A text in each language, which may all be empty. */
const optionalText = (most: number) => z.record(z.string(), text(most));
/** The same, whose main language is needed. */
const mainNeeded = (most: number, missing: ValidationKey, locales: readonly string[]) =>
  z.catchall(z.object({ [locales[0] ?? "en"]: needed(most, missing) }), text(most));

const most = (name: NameOf<"text" | "line" | "slug">) => FIELDS[name].max;

const words = (name: NameOf<"text">, locales: readonly string[]) => {
  const { needed: missing } = fieldOf(name);
  return missing ? mainNeeded(most(name), missing, locales) : optionalText(most(name));
};

const line = (name: NameOf<"line">) => {
  const { needed: missing } = fieldOf(name);
  return missing ? needed(most(name), missing) : text(most(name));
};

/** `locales`: those of the site, the main one first. */
export const event = (locales: readonly string[]) =>
  z
    .object({
      ...eachOf("text", (name) => words(name, locales)),
      ...eachOf("line", line),
      ...eachOf("moment", () => z.string()),
      still_right: z.array(z.string()),
      time_zone: zone,
      slug: text(most("slug")).check(z.regex(/^([a-z0-9]+(-[a-z0-9]+)*)?$/, say("slug_bad"))),
    })
    .check(
      ...namesOf("moment").map((name) =>
        z.refine<Record<NameOf<"moment" | "zone">, string>>(
          (values) =>
            !isTimeZone(values.time_zone) || moment(values[name], values.time_zone) !== null,
          { path: [name], error: FIELDS[name].needed },
        ),
      ),
      z.refine(
        ({ starts_at, ends_at, time_zone }) =>
          ordered(moment(starts_at, time_zone), moment(ends_at, time_zone)),
        { path: ["ends_at"], error: say("time_order") },
      ),
    );

const price = (currency: string) =>
  z.string().check(
    z.refine((typed) => readPrice(typed, currency) !== null, say("price_bad")),
    z.refine((typed) => {
      const cents = readPrice(typed, currency);
      return cents === null || cents === 0 || cents >= leastCharge(currency);
    }, say("price_small")),
  );

/** A ticket type; its price and its sale window are read as its event has them. */
export const ticketType = ({ time_zone: timeZone, currency }: TypeOf, locales: readonly string[]) =>
  z
    .object({
      name: mainNeeded(80, say("name_of_type_missing"), locales),
      still_right: z.array(z.string()),
      price: price(currency),
      capacity: whole(0, 1_000_000, say("capacity_bad")),
      kept_back: whole(0, 1_000_000, say("kept_back_bad")),
      min_per_order: whole(1, 20, say("per_order_bad")),
      max_per_order: whole(1, 20, say("per_order_bad")),
      position: whole(0, 1000),
      sale_starts_at: optionalMoment(timeZone),
      sale_ends_at: optionalMoment(timeZone),
      hidden: z.boolean(),
    })
    .check(
      z.refine((values) => least(values.min_per_order) <= least(values.max_per_order), {
        path: ["max_per_order"],
        error: say("most_below_least"),
      }),
      z.refine((values) => least(values.kept_back) <= least(values.capacity), {
        path: ["kept_back"],
        error: say("kept_back_high"),
      }),
      z.refine(
        ({ sale_starts_at, sale_ends_at }) =>
          ordered(moment(sale_starts_at, timeZone), moment(sale_ends_at, timeZone)),
        { path: ["sale_ends_at"], error: say("time_order") },
      ),
    );

const least = (typed: string): number => readWhole(typed) ?? 0;

const optionalMoment = (timeZone: string) =>
  z
    .string()
    .check(
      z.refine((local) => local === "" || toInstant(local, timeZone) !== null, say("time_skipped")),
    );

export const complimentary = z.object({
  ticket_type_id: z.string(),
  name: needed(100, say("guest_missing")),
  email: z.string().check(z.trim(), z.email(say("email_bad"))),
  locale: z.enum(LOCALES),
  attendees: z.string().check(
    z.refine((typed) => {
      const names = readNames(typed);
      return names.length > 0 && names.length <= 20 && names.every((name) => chars(name) <= 100);
    }, say("names_count")),
  ),
  from_kept_back: z.boolean(),
});

export const cancellation = z.object({ confirm_title: needed(240, say("title_confirm")) });
export const cover = z.object({
  alt: z.string().check(z.trim(), z.minLength(1, say("alt_missing")), atMost(200, say("too_long"))),
});
