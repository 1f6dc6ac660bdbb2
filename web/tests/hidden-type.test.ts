import { describe, expect, it } from "vitest";
import { hiddenType } from "@/components/events/hidden-type";

const ID = "019b3c5e-7a41-7c3e-9f10-0242ac120002";

describe("the ticket type of a link", () => {
  it("is shown by its id", () => {
    expect(hiddenType(`?event=durga-pujo&ticket_type=${ID}`)).toBe(ID);
  });

  it.each(["", "?ticket_type=", "?ticket_type=sponsor", `?ticket_type=${ID.slice(0, -1)}`])(
    "is none in %j, and the event's page comes without it",
    (search) => {
      expect(hiddenType(search)).toBeNull();
    },
  );
});
