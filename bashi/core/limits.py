"""Every maximum of the product, with its unit and the reason for it."""

# Engines. Source: https://developers.cloudflare.com/d1/platform/limits/
SQL_PARAMS = 100
SQL_BYTES = 100_000
SQL_INTEGER = 2**53 - 1  # all stay below: Pyodide makes a BigInt of it, which D1 refuses
BATCH_TRIES = 5  # of a batch that others overtook: each time one of them went on
BATCH_STATEMENTS = 100  # D1 answers 1,000 queries an invocation; a batch stays far below

# People
NAME_CHARS = 100
EMAIL_CHARS = 254  # RFC 5321 §4.5.3.1.3
PASSWORD_CHARS = 128  # long enough for any passphrase, short enough to hash at once
SESSION_SECONDS = 7 * 86_400
ACCESS_TOKEN_SECONDS = 86_400
REFRESH_GRACE_SECONDS = 10  # two tabs may present the same token within this time
VERIFY_LINK_SECONDS = 3 * 86_400
RESET_LINK_SECONDS = 3_600
LOGIN_LINK_SECONDS = 15 * 60  # long enough for a slow mail server, short for a mailbox left open
WRONG_PASSWORDS = 100  # in a row, NIST SP 800-63B-4 §3.2.2; then a link or a known browser
DEVICE_SECONDS = 400 * 86_400  # browsers keep no cookie longer (RFC 6265bis §5.5)
EMAILS_PER_HOUR_UNVERIFIED = 3
EMAILS_PER_HOUR_VERIFIED = 10  # links that somebody else may ask for, into a known mailbox

# Rate limits: uses in a window of RATE_WINDOW_SECONDS
RATE_WINDOW_SECONDS = 60
AUTH_PER_ADDRESS = 30
AUTH_PER_ACCOUNT = 10
ORDERS_PER_ADDRESS = 60
ORDERS_PER_PERSON = 20
TYPED_CODES_PER_PERSON = 30
GUESTS_ASKED_PER_PERSON = 30  # names without a code come now and then, not at every scan
COMMANDS_PER_PERSON = 120
FILES_PER_ORDER = 10  # a PDF of twenty tickets takes a second of one thread
FILES_PER_ADDRESS = 60
TICKET_READS_PER_ADDRESS = 240  # each draws up to twenty QR codes
TICKET_LISTS_PER_PERSON = 30

# Events
TITLE_CHARS = 120
SUMMARY_CHARS = 300
DESCRIPTION_CHARS = 20_000
POLICY_CHARS = 2_000
VENUE_CHARS = 120
ADDRESS_CHARS = 300
SLUG_CHARS = 80
TICKET_TYPES_PER_EVENT = 30
TICKET_TYPE_NAME_CHARS = 80
CAPACITY = 1_000_000
CHARGE_CENTS = 99_999_999  # Stripe takes eight digits; the least charges are in money.py
COVER_BYTES = 10 * 1024 * 1024
COVER_PIXELS = 40_000_000
ALT_CHARS = 200
FEW_LEFT = 10  # seats; below it the public sees "few left", never the number

# Orders
SEATS_PER_ORDER = 20  # one multi-ticket order fits one batch and one email
LINES_PER_ORDER = 10
ORDER_NUMBER_CHARS = 8  # base32: read over the phone, and 10^12 of them
REASON_CHARS = 300
FAILURE_CHARS = 500  # of what Stripe says
HOLD_SECONDS = 600  # without a payment attempt
SESSION_OPEN_SECONDS = 35 * 60  # then the sweep asks Stripe to expire the session
SESSION_EXPIRES_SECONDS = 40 * 60  # Stripe's own end; its least is 30 minutes
PAYMENT_LINE_SECONDS = 3_600  # a hold is not prolonged for a longer line than this
CLOCKS_APART_SECONDS = (
    5  # of two servers; what was written later than that from now, by a wrong one
)
PAYMENT_UNKNOWN_SECONDS = 300  # repeat with the same key for this long, then look in the list
REFUND_KEY_SECONDS = 23 * 3_600  # Stripe forgets an idempotency key after 24 hours or more
ATTEMPTS_PER_ORDER = 5

# The door
GATE_CHARS = 40
CODE_CHARS = 512
TYPED_CODE_CHARS = 10
GUESTS_FOUND = SEATS_PER_ORDER  # a whole order; of more people with a name, type more of it
SCAN_KEPT_SECONDS = 3_600  # a phone sends no older scan: nobody waits longer at a door
DOOR_OPENS_SECONDS = 86_400
DOOR_CLOSES_SECONDS = 86_400

# Lists and bodies
PAGE_ITEMS = 50
PAGE_ITEMS_MAX = 100
QUERY_CHARS = 100
NAME_LETTERS_MIN = 2  # looked for: one letter names nobody, and would list everybody
NAME_WORDS = 8  # of an attendee's name; found by any of them
NAME_WORD_CHARS = 32  # PostgreSQL indexes no row beyond 2.7 KB; longer words are found by these
NAMES_PER_STATEMENT = 10  # words written at once: two names of two words and room, 21 parameters
SEARCH_WORDS = 4  # more of them narrow a search no further
FEW_FOUND = 200  # tickets of one word that are looked through for others: a millisecond
MANY_FOUND = 5_000  # tickets of one word; beyond, looking through orders fills a page sooner
SITEMAP_EVENTS = 10_000  # twice that, in two languages, is below the 50,000 of sitemaps.org
BODY_BYTES = 256 * 1024
EXPORT_PAGE_ROWS = 2_000  # D1 answers 1,000 queries an invocation: CAPACITY fits

# Outbox
EMAIL_TRIES = 17  # with the backoff: a day and a half
OUTBOX_LEASE_SECONDS = 45  # a killed process's emails leave within a minute; a try ends before
OUTBOX_TAKE = 20
OUTBOX_KEPT_SECONDS = 90 * 86_400  # after the end: a buyer who asks for an email asks by then
OUTBOX_PRUNE_TAKE = 500  # a few milliseconds of the lane; every sweep takes as many
SESSION_PRUNE_TAKE = 100  # the same, with their refresh tokens

# Caches: upper limits named by the mission
CACHE_TICKET_SECONDS = 86_400
CACHE_PAGE_SECONDS = 5
CACHE_STATIC_SECONDS = 30 * 86_400

assert SESSION_OPEN_SECONDS < SESSION_EXPIRES_SECONDS < 24 * 3_600
assert PAYMENT_UNKNOWN_SECONDS < SESSION_OPEN_SECONDS
assert SEATS_PER_ORDER * NAME_WORDS % NAMES_PER_STATEMENT == 0
assert (
    SEATS_PER_ORDER * (1 + NAME_WORDS / NAMES_PER_STATEMENT) + 3 * LINES_PER_ORDER + 12
    <= BATCH_STATEMENTS
)
assert 2 * NAMES_PER_STATEMENT + 1 <= SQL_PARAMS
assert ACCESS_TOKEN_SECONDS < SESSION_SECONDS
assert BODY_BYTES < COVER_BYTES
assert CAPACITY < 900 * EXPORT_PAGE_ROWS
