const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The hidden ticket type that a link asks for. One that lost a piece on its way asks for none. */
export function hiddenType(search: string): string | null {
  const asked = new URLSearchParams(search).get("ticket_type") ?? "";
  return UUID.test(asked) ? asked : null;
}
