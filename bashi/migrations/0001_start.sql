-- One schema for SQLite, D1 and PostgreSQL: BIGINT for whole numbers (money in minor units, times in
-- UTC epoch milliseconds, flags 0/1), TEXT for the rest. CHECKs guard numbers only; states live in
-- rules.py. Keys are named `table.column`, as SQLite reports them, so a refusal has one name everywhere.

CREATE TABLE setting (
    name TEXT NOT NULL, -- impersonal: names of ours
    value TEXT NOT NULL, -- impersonal: the installation's state
    CONSTRAINT "setting.name" PRIMARY KEY (name)
);

CREATE TABLE person (
    id TEXT NOT NULL,
    email TEXT NOT NULL, -- personal
    name TEXT NOT NULL, -- personal
    search_name TEXT NOT NULL, -- personal
    -- None: no password was chosen so far; a mailed link signs in.
    password_hash TEXT, -- personal
    -- In a row, from browsers that we do not know.
    wrong_passwords BIGINT NOT NULL DEFAULT 0,
    role TEXT NOT NULL,
    locale TEXT NOT NULL, -- personal
    consent_version TEXT,
    consent_at BIGINT,
    verified_at BIGINT,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL,
    CONSTRAINT "person.id" PRIMARY KEY (id),
    CONSTRAINT "person.email" UNIQUE (email)
);
CREATE INDEX person_role ON person (role, id);

-- A browser in which somebody signed in, by the digest of its cookie: one row an account.
CREATE TABLE device (
    hash TEXT NOT NULL, -- personal
    person_id TEXT NOT NULL,
    wrong_passwords BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    CONSTRAINT "device.hash, device.person_id" PRIMARY KEY (hash, person_id)
);
CREATE INDEX device_person ON device (person_id);
CREATE INDEX device_seen ON device (seen_at);

-- One row a sign-in: the family of its rotating refresh tokens.
CREATE TABLE session (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    device_hash TEXT, -- personal
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    CONSTRAINT "session.id" PRIMARY KEY (id)
);
CREATE INDEX session_person ON session (person_id);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE refresh_token (
    hash TEXT NOT NULL,
    session_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    CONSTRAINT "refresh_token.hash" PRIMARY KEY (hash)
);
CREATE INDEX refresh_token_session ON refresh_token (session_id);

-- A mailed link is this row's id and a keyed tag that is never stored.
CREATE TABLE mailed_link (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    email TEXT NOT NULL, -- personal
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    CONSTRAINT "mailed_link.id" PRIMARY KEY (id)
);
CREATE INDEX mailed_link_person ON mailed_link (person_id);
CREATE INDEX mailed_link_email ON mailed_link (email, created_at);
CREATE INDEX mailed_link_expires ON mailed_link (expires_at);

-- What organizers write is JSON by language: core/text.py. `search_text` is folded: core/folding.py.
CREATE TABLE event (
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    status TEXT NOT NULL,
    title TEXT NOT NULL, -- impersonal: published
    summary TEXT NOT NULL, -- impersonal: published
    description TEXT NOT NULL, -- impersonal: published
    refund_policy TEXT NOT NULL, -- impersonal: published
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    time_zone TEXT NOT NULL,
    venue TEXT NOT NULL, -- impersonal: published
    address TEXT NOT NULL, -- impersonal: published
    search_text TEXT NOT NULL, -- impersonal: published
    currency TEXT NOT NULL,
    cover TEXT,
    cover_alt TEXT NOT NULL, -- impersonal: published
    revision BIGINT NOT NULL,
    version BIGINT NOT NULL,
    content_hash TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    published_at BIGINT,
    canceled_at BIGINT,
    CONSTRAINT "event.id" PRIMARY KEY (id),
    CONSTRAINT "event.slug" UNIQUE (slug),
    CONSTRAINT event_ends_after_start CHECK (ends_at > starts_at)
);
CREATE INDEX event_listing ON event (status, ends_at, id);
CREATE INDEX event_starts ON event (starts_at, id);

CREATE TABLE ticket_type (
    id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    name TEXT NOT NULL, -- impersonal: published
    price_cents BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    kept_back BIGINT NOT NULL,
    held BIGINT NOT NULL,
    sold BIGINT NOT NULL,
    sale_starts_at BIGINT,
    sale_ends_at BIGINT,
    min_per_order BIGINT NOT NULL,
    max_per_order BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hidden BIGINT NOT NULL,
    -- Rises with every change by hand; `offer` only when a buyer may be asked for something else.
    version BIGINT NOT NULL,
    offer BIGINT NOT NULL,
    CONSTRAINT "ticket_type.id" PRIMARY KEY (id),
    CONSTRAINT ticket_type_within_capacity CHECK (
        held >= 0 AND sold >= 0 AND kept_back >= 0 AND held + sold + kept_back <= capacity
    ),
    -- No floor: the least charge differs by currency, and rules.py knows it.
    CONSTRAINT ticket_type_price CHECK (price_cents >= 0),
    CONSTRAINT ticket_type_per_order CHECK (min_per_order >= 1 AND max_per_order >= min_per_order)
);
CREATE INDEX ticket_type_event ON ticket_type (event_id, position, id);

CREATE TABLE orders (
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    event_id TEXT NOT NULL,
    person_id TEXT,
    email TEXT NOT NULL, -- personal
    name TEXT NOT NULL, -- personal
    locale TEXT NOT NULL, -- personal
    status TEXT NOT NULL,
    seats BIGINT NOT NULL,
    total_cents BIGINT NOT NULL,
    refunded_cents BIGINT NOT NULL,
    currency TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    address_tag TEXT NOT NULL, -- personal
    open_key TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    settled_by TEXT,
    settled_at BIGINT,
    closed_at BIGINT,
    -- 'open' while the buyer's bank disputes the payment, 'lost' when it kept the money.
    dispute TEXT, -- impersonal: a state
    CONSTRAINT "orders.id" PRIMARY KEY (id),
    CONSTRAINT "orders.number" UNIQUE (number),
    CONSTRAINT "orders.open_key" UNIQUE (open_key),
    CONSTRAINT orders_refund_within_total CHECK (
        total_cents >= 0 AND refunded_cents >= 0 AND refunded_cents <= total_cents
    )
);
CREATE INDEX orders_event ON orders (event_id, created_at, id);
CREATE INDEX orders_event_id ON orders (event_id, id);
CREATE INDEX orders_time ON orders (created_at, id);
CREATE INDEX orders_person ON orders (person_id);
CREATE INDEX orders_email ON orders (email, id);
-- A partial index that looks empty to PostgreSQL's planner would be walked through in place of every
-- other. So what waits is indexed by time for those who ask `>= 0`, and for nobody else.
CREATE INDEX orders_pending ON orders (expires_at) WHERE status = 'pending' AND expires_at >= 0;
CREATE INDEX orders_held_from ON orders (address_tag) WHERE address_tag <> '';

CREATE TABLE order_line (
    id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    ticket_type_id TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    unit_cents BIGINT NOT NULL,
    attendees TEXT NOT NULL, -- personal
    CONSTRAINT "order_line.id" PRIMARY KEY (id)
);
CREATE INDEX order_line_order ON order_line (order_id);

-- One row a Stripe Checkout session that we asked for, with the parameters exactly as sent.
CREATE TABLE payment_attempt (
    id TEXT NOT NULL,
    reference TEXT NOT NULL,
    number BIGINT NOT NULL,
    status TEXT NOT NULL,
    request TEXT NOT NULL, -- personal
    amount_cents BIGINT NOT NULL,
    currency TEXT NOT NULL,
    livemode BIGINT NOT NULL,
    slot_at BIGINT NOT NULL,
    busy_until BIGINT NOT NULL,
    session_id TEXT,
    url TEXT, -- impersonal: a page of the provider's
    intent_id TEXT,
    -- Stripe's code and words when it refused the session.
    failure TEXT, -- personal
    opened_at BIGINT,
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT "payment_attempt.id" PRIMARY KEY (id),
    CONSTRAINT "payment_attempt.session_id" UNIQUE (session_id)
);
CREATE INDEX payment_attempt_intent ON payment_attempt (intent_id);

-- What an attempt pays: one row for each subject, whatever its kind (core/work/subjects.py).
CREATE TABLE payment_part (
    attempt_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    amount_cents BIGINT NOT NULL,
    CONSTRAINT "payment_part.attempt_id, payment_part.position" PRIMARY KEY (attempt_id, position),
    CONSTRAINT payment_part_amount CHECK (amount_cents > 0)
);
CREATE INDEX payment_part_subject ON payment_part (subject_id, subject_kind);

-- Every event of the payment provider that we acted on, heard or found by the sweep.
CREATE TABLE payment_event (
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reference TEXT,
    session_id TEXT,
    detail TEXT NOT NULL, -- impersonal: for admins, without names
    received_at BIGINT NOT NULL,
    CONSTRAINT "payment_event.id" PRIMARY KEY (id)
);
CREATE INDEX payment_event_session ON payment_event (session_id);
CREATE INDEX payment_event_outcome ON payment_event (outcome, received_at);

-- What somebody must look at: one row for each kind and subject, however often it is seen.
CREATE TABLE alarm (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL, -- impersonal: for admins, without names
    count BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    resolved_by TEXT,
    resolved_at BIGINT,
    CONSTRAINT "alarm.id" PRIMARY KEY (id)
);
CREATE INDEX alarm_open ON alarm (last_at) WHERE resolved_at IS NULL AND last_at >= 0;

-- A bank's dispute of a payment, or its inquiry, as Stripe last told of it.
CREATE TABLE dispute (
    id TEXT NOT NULL,
    attempt_id TEXT NOT NULL,
    intent_id TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL, -- impersonal: one of the provider's codes
    amount_cents BIGINT NOT NULL,
    currency TEXT NOT NULL,
    due_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT "dispute.id" PRIMARY KEY (id)
);
CREATE INDEX dispute_attempt ON dispute (attempt_id);

CREATE TABLE refund (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    intent_id TEXT NOT NULL,
    amount_cents BIGINT NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    provider_id TEXT,
    reason TEXT NOT NULL, -- personal
    content_hash TEXT NOT NULL,
    failure TEXT, -- impersonal: the provider's word
    asked_by TEXT,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    CONSTRAINT "refund.id" PRIMARY KEY (id),
    CONSTRAINT "refund.provider_id, refund.subject_id" UNIQUE (provider_id, subject_id),
    CONSTRAINT refund_amount CHECK (amount_cents >= 0)
);
CREATE INDEX refund_subject ON refund (subject_id, subject_kind);
CREATE INDEX refund_open ON refund (due_at)
    WHERE status IN ('asked', 'pending') AND due_at >= 0;

CREATE TABLE ticket (
    id TEXT NOT NULL,
    seat TEXT NOT NULL,
    order_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    ticket_type_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    -- None: a name that is given later.
    attendee TEXT, -- personal
    price_cents BIGINT NOT NULL,
    status TEXT NOT NULL,
    serial BIGINT NOT NULL,
    typed_code TEXT NOT NULL,
    refund_id TEXT,
    issued_at BIGINT NOT NULL,
    used_at BIGINT,
    used_gate TEXT, -- impersonal: a place
    used_by TEXT,
    used_scan_id TEXT,
    CONSTRAINT "ticket.id" PRIMARY KEY (id),
    CONSTRAINT "ticket.seat" UNIQUE (seat),
    CONSTRAINT "ticket.typed_code" UNIQUE (typed_code)
);
CREATE INDEX ticket_order ON ticket (order_id, position);
CREATE INDEX ticket_event ON ticket (event_id, status, id);
CREATE INDEX ticket_event_id ON ticket (event_id, id);
CREATE INDEX ticket_refund ON ticket (refund_id);

-- The words of attendees' names as `core/tickets/names.py` folds them, for looking somebody up.
CREATE TABLE attendee_word (
    ticket_id TEXT NOT NULL,
    word TEXT NOT NULL, -- personal
    event_id TEXT NOT NULL,
    CONSTRAINT "attendee_word.ticket_id, attendee_word.word" PRIMARY KEY (ticket_id, word)
);
CREATE INDEX attendee_word_event ON attendee_word (event_id, word, ticket_id);

-- What an event's tickets and money come to, changed in the batch that changes them. For showing: no
-- CHECK, so that a wrong figure could never keep a buyer's money back or somebody out.
CREATE TABLE event_tally (
    event_id TEXT NOT NULL,
    issued BIGINT NOT NULL,
    sales_cents BIGINT NOT NULL,
    refunds_cents BIGINT NOT NULL,
    CONSTRAINT "event_tally.event_id" PRIMARY KEY (event_id)
);

-- How many came in by a gate, and were not sent out again.
CREATE TABLE gate_tally (
    event_id TEXT NOT NULL,
    gate TEXT NOT NULL, -- impersonal: a place
    admitted BIGINT NOT NULL,
    CONSTRAINT "gate_tally.event_id, gate_tally.gate" PRIMARY KEY (event_id, gate)
);

CREATE TABLE scan (
    id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    ticket_id TEXT,
    verdict TEXT NOT NULL,
    gate TEXT NOT NULL, -- impersonal: a place
    person_id TEXT NOT NULL,
    scanned_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    first_used_at BIGINT,
    first_used_gate TEXT, -- impersonal: a place
    CONSTRAINT "scan.id" PRIMARY KEY (id)
);
CREATE INDEX scan_event ON scan (event_id, received_at);
CREATE INDEX scan_ticket ON scan (ticket_id);

-- Double-entry: the rows of one movement sum to zero.
CREATE TABLE ledger (
    id TEXT NOT NULL,
    movement TEXT NOT NULL,
    account TEXT NOT NULL,
    event_id TEXT,
    subject_kind TEXT,
    subject_id TEXT,
    -- Stripe's object that moved the money, and the payout that brought it to the bank.
    provider_id TEXT,
    payout_id TEXT,
    amount_cents BIGINT NOT NULL,
    currency TEXT NOT NULL,
    booked_at BIGINT NOT NULL,
    CONSTRAINT "ledger.id" PRIMARY KEY (id)
);
CREATE INDEX ledger_movement ON ledger (movement);
CREATE INDEX ledger_account ON ledger (account, booked_at);
CREATE INDEX ledger_subject ON ledger (subject_id);

-- Rate limits and paced lanes, on engines where no process is shared by all callers.
CREATE TABLE counter (
    name TEXT NOT NULL, -- personal
    value BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    CONSTRAINT "counter.name" PRIMARY KEY (name)
);
CREATE INDEX counter_ends ON counter (ends_at);

-- Work that must happen at least once: emails, and the steps of long commands.
CREATE TABLE outbox (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL, -- personal
    locale TEXT NOT NULL, -- personal
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL, -- personal
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    failure TEXT, -- impersonal: the mail service's word
    -- When `due_at` was set last: what lies ahead of now was set by a clock that was wrong.
    scheduled_at BIGINT NOT NULL DEFAULT 0,
    leased BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "outbox.id" PRIMARY KEY (id)
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE status = 'queued' AND due_at >= 0;
CREATE INDEX outbox_scheduled ON outbox (scheduled_at) WHERE status = 'queued' AND scheduled_at >= 0;
CREATE INDEX outbox_subject ON outbox (subject_id, kind);
CREATE INDEX outbox_finished ON outbox (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX outbox_lost ON outbox (finished_at) WHERE status IN ('given_up', 'refused');

CREATE TABLE audit (
    id TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id TEXT,
    action TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL, -- personal
    -- What was changed, as JSON, for changes that somebody may want to take back.
    before TEXT, -- personal
    after TEXT, -- personal
    CONSTRAINT "audit.id" PRIMARY KEY (id)
);
CREATE INDEX audit_subject ON audit (subject_id, id);
CREATE INDEX audit_time ON audit (at, id);
