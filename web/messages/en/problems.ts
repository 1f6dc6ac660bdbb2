/** Sentences for every code of docs/errors.md: what happened, and what to do next. */
const en = {
  offline: "We could not reach the server. Check your connection and try again.",
  unknown: "Something went wrong on our side. Try again in a moment.",
  too_many_requests: "Too many tries in a short time. Wait a minute, then try again.",
  wrong_credentials:
    "The email address or the password is wrong. You can ask for a link by email instead.",
  email_taken: "There is an account with this email address already. Log in instead.",
  session_ended: "Your session has ended. Log in again.",
  link_expired: "This link has expired or was used already.",
  not_found: "We could not find that.",
  sold_out: "There are not enough of these tickets left. Choose fewer, or another type.",
  not_on_sale: "These tickets are not on sale now.",
  changed_meanwhile: "This has just been changed. Look at it again, then continue.",
  too_many_held:
    "Too many unpaid tickets are reserved from here. Pay or cancel those orders first.",
  not_open: "Somebody has dealt with this alarm already. Load the page again.",
  order_open: "You have an unfinished order for this event.",
  order_closed: "This order can no longer be paid.",
  too_many_attempts: "The payment page was opened too often. Cancel this order and start again.",
  payment_email_refused:
    "The payment service does not take your email address. Nothing was charged. Correct the address in your account, cancel this order and order again.",
  payment_refused:
    "The payment service refused this order. Nothing was charged; please write to us.",
  payments_unavailable:
    "The payment service did not answer. Nothing is lost; try again in a moment.",
  no_tickets: "This order has no valid tickets.",
  not_verified: "Confirm your email address first: open the link in our email.",
  not_allowed: "Your account may not do this. Ask an organizer.",
  not_signed_in: "Your session has ended. Log in again.",
  slug_taken: "Another event has this page address. Choose another one.",
  no_ticket_types: "Add a ticket type first; it may be free of charge.",
  event_over: "This event has ended. Correct its dates first.",
  event_canceled: "This event was canceled; it stays as it is.",
  event_not_draft: "Only a draft without orders can be deleted. Cancel the event instead.",
  ticket_type_in_use: "Tickets of this type were ordered. Hide it instead.",
  too_many_types: "This event has as many ticket types as it can have.",
  not_refundable: "There is nothing left to refund, or another refund is under way.",
  tickets_used: "Some of these tickets were used at the door. Check the box to refund them too.",
  not_used: "This ticket is not checked in.",
  order_refunded: "This order is being refunded: its tickets stay used.",
  last_admin: "Somebody must stay admin. Make another person admin first.",
  password_too_short:
    "Your role needs a longer password. Choose a new one with “Forgot your password?”.",
  wrong_origin: "This request did not come from our site. Open our site and try again there.",
  emails_per_hour:
    "Several emails went to this address already. Look in the spam folder, or try again in an hour.",
  no_such_event: "Event not found. Look at the list of events.",
  no_such_order:
    "Order not found, or it belongs to another account. Open it from the link in our email.",
  no_such_ticket: "Ticket not found. Look for it under “My tickets”, or ask an organizer.",
  no_such_ticket_type: "This ticket type no longer exists. Load the page again.",
  no_such_person: "This account no longer exists. Load the list again.",
  no_such_scan: "This scan could not be matched. Scan the ticket again.",
  no_such_file: "This picture no longer exists. Load the page again.",
  images_used_up: "No more pictures can be added this month. Ask the site’s operator for more.",
  no_metrics: "There are no metrics at this address. Look in the platform’s own console.",
  no_such_page: "There is nothing at this address. Go to the home page.",
  method_not_allowed: "This page seems to be out of date. Load it again.",
  bad_request: "The server could not read this request. Load the page again.",
  bad_signature: "This message was not signed as it must be. Check the webhook’s secret.",
  metrics_token: "Send the metrics token of the settings with this request.",
  capacity_in_use:
    "The capacity can't be below the seats sold, reserved and held back. Enter a higher number.",
  event_is_draft: "Nobody has seen this draft yet. Delete it instead of canceling it.",
  password_needed: "Enter your password to confirm this address.",
  body_too_large: "What you sent is too large. Shorten the text or choose a smaller file.",
  wrong_host: "This site does not answer to this address. Open it at its own address.",
  behind_proxy: "The demo does not work through a proxy. Open it on the machine where it runs.",
  id_reused: "This form was sent before with other content. Load the page again.",
  image_invalid:
    "We can't use this picture. Choose a JPEG, PNG or WebP that is not very long and thin.",
  image_too_large: "This picture is too large. Use one of at most 10 MB and 40 million pixels.",
  invalid_fields: "Please correct the marked fields.",
  not_in_order:
    "One of these tickets is not in this order. Load the order again and choose once more.",
  typed_code_length: "The code has ten letters and digits. Check it and type it again.",
  internal_error:
    "Something went wrong on our side. Try again in a moment; if it stays, please write to us.",
  database_unavailable: "We are busy for a moment. Please try again.",
  media_unavailable:
    "Pictures can't be reached right now. Nothing was changed; try again in a moment.",
  order_busy: "Something else is under way for this order. Try again in a moment.",
  drawing_busy: "Many tickets are being drawn right now. Try again in a moment.",
  signing_in_busy: "Many people are logging in right now. Try again in a moment.",
  order_disputed:
    "The buyer's bank disputes this payment. Answer it in Stripe's dashboard; until then nothing of this order changes.",
};

export default en;
