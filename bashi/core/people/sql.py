"""Statements about people, their sessions and their mailed links, and rows as dataclasses."""

from bashi.core import limits
from bashi.core.batch import Query, Statement
from bashi.core.columns import columns, reader
from bashi.core.folding import fold
from bashi.core.people.rules import Person

_PERSON = ", ".join(f"p.{name}" for name in columns(Person))

PERSON_OF_SESSION = Query(
    f"SELECT {_PERSON}"
    " FROM session s JOIN person p ON p.id = s.person_id"
    " WHERE s.id = :session AND s.ended_at IS NULL AND s.expires_at > :now"
    " AND p.disabled_at IS NULL"
)
PERSON_BY_ID = Query(f"SELECT {_PERSON}, p.password_hash FROM person p WHERE p.id = :id")
PERSON_BY_EMAIL = Query(f"SELECT {_PERSON}, p.password_hash FROM person p WHERE p.email = :email")
_PROOF = f"{_PERSON}, p.password_hash, p.wrong_passwords, d.wrong_passwords AS device_wrong"
ACCOUNT = Query(
    f"SELECT {_PROOF} FROM person p"
    " LEFT JOIN device d ON d.person_id = p.id AND d.hash = :device WHERE p.email = :email"
)
ACCOUNT_OF_SESSION = Query(
    f"SELECT {_PROOF}, s.device_hash FROM session s JOIN person p ON p.id = s.person_id"
    " LEFT JOIN device d ON d.person_id = p.id AND d.hash = s.device_hash WHERE s.id = :session"
)
PEOPLE = Query(
    f"SELECT {_PERSON} FROM person p"
    " WHERE p.id < :before AND (CAST(:role AS TEXT) = '' OR p.role = :role)"
    " AND (p.email LIKE :email ESCAPE '\\' OR p.search_name LIKE :name ESCAPE '\\')"
    " ORDER BY p.id DESC LIMIT CAST(:limit AS BIGINT)",
    long=True,
)

_ADD_PERSON = Query(
    "INSERT INTO person (id, email, name, search_name, password_hash, role, locale,"
    " consent_version, consent_at, verified_at, created_at) VALUES (:id, :email, :name,"
    " :search_name, :hash, :role, :locale, :consent, :consent_at, :verified, :now)"
)
SET_PROFILE = Query(
    "UPDATE person SET name = :name, search_name = :search_name, locale = :locale WHERE id = :id"
)
# A sign-in that was decided on an old password must not outlive the new one.
KEEP_PASSWORD = Query(
    "UPDATE person SET password_hash = :hash"
    " WHERE id = :id AND password_hash = :old AND disabled_at IS NULL"
)
RESET_PASSWORD = Query(
    "UPDATE person SET password_hash = :hash, verified_at = COALESCE(verified_at, :now)"
    " WHERE id = :id AND email = :email AND disabled_at IS NULL"
)
CONFIRM_EMAIL = Query(
    "UPDATE person SET email = :email, verified_at = :now, password_hash = :hash"
    " WHERE id = :id AND email = :old_email AND COALESCE(password_hash, '') = :old"
    " AND disabled_at IS NULL"
)
COUNT_WRONG_PASSWORD = Query(
    "UPDATE person SET wrong_passwords = wrong_passwords + 1 WHERE email = :email"
)
# Queued by the one failure that reaches the limit; the owner's next success begins anew.
TELL_OF_GUESSING = Query(
    "INSERT INTO outbox (id, kind, recipient, locale, subject_id, detail, status, attempts, due_at,"
    " created_at, scheduled_at) SELECT CAST(:id AS TEXT), CAST(:kind AS TEXT), p.email, p.locale,"
    " p.id, '', 'queued', 0, CAST(:now AS BIGINT), CAST(:now AS BIGINT), CAST(:now AS BIGINT)"
    " FROM person p WHERE p.email = :email AND p.wrong_passwords = CAST(:limit AS BIGINT)"
    " AND p.verified_at IS NOT NULL AND p.disabled_at IS NULL"
)
FORGET_WRONG_PASSWORDS = Query(
    "UPDATE person SET wrong_passwords = 0 WHERE id = :id AND wrong_passwords > 0"
)
COUNT_WRONG_ON_DEVICE = Query(
    "UPDATE device SET wrong_passwords = wrong_passwords + 1"
    " WHERE hash = :device AND person_id = :person"
)
KNOW_DEVICE = Query(
    "INSERT INTO device (hash, person_id, wrong_passwords, created_at, seen_at)"
    " VALUES (:device, :person, 0, :now, :now) ON CONFLICT (hash, person_id)"
    " DO UPDATE SET wrong_passwords = 0, seen_at = excluded.seen_at"
)
PRUNE_DEVICES = Query("DELETE FROM device WHERE seen_at < :before")
LET_IN = Query(
    "UPDATE person SET wrong_passwords = 0"
    " WHERE id = :id AND email = :email AND disabled_at IS NULL"
)
SET_ROLE = Query("UPDATE person SET role = :role WHERE id = :id AND role = :old")
DISABLE = Query(
    "UPDATE person SET disabled_at = :now WHERE id = :id AND role = :role AND disabled_at IS NULL"
)
ENABLE = Query("UPDATE person SET disabled_at = NULL WHERE id = :id AND disabled_at IS NOT NULL")
# Touches a row only while somebody can still administer the place.
AN_ADMIN_REMAINS = Query(
    "UPDATE person SET role = role WHERE id = (SELECT MIN(id) FROM person WHERE role = 'admin'"
    " AND verified_at IS NOT NULL AND disabled_at IS NULL)"
)

ADD_SESSION = Query(
    "INSERT INTO session (id, person_id, device_hash, created_at, expires_at)"
    " VALUES (:id, :person, :device, :now, :expires)"
)
EXTEND_SESSION = Query(
    "UPDATE session SET expires_at = :expires WHERE id = :id AND ended_at IS NULL"
)
END_SESSION = Query("UPDATE session SET ended_at = :now WHERE id = :id AND ended_at IS NULL")
END_SESSIONS = Query(
    "UPDATE session SET ended_at = :now WHERE person_id = :person AND ended_at IS NULL"
)

ADD_REFRESH_TOKEN = Query(
    "INSERT INTO refresh_token (hash, session_id, created_at) VALUES (:hash, :session, :now)"
)
USE_REFRESH_TOKEN = Query(
    "UPDATE refresh_token SET used_at = :now WHERE hash = :hash AND used_at IS NULL"
)
REFRESH_TOKEN = Query(
    f"SELECT {_PERSON}, r.session_id, r.used_at, s.ended_at, s.expires_at"
    " FROM refresh_token r JOIN session s ON s.id = r.session_id"
    " JOIN person p ON p.id = s.person_id"
    " WHERE r.hash = :hash"
)

# No row for an unknown or disabled person, nor beyond the emails that an address may get: then the
# email queued beside it finds no link and is not sent.
ADD_LINK = Query(
    "INSERT INTO mailed_link (id, person_id, purpose, email, created_at, expires_at)"
    " SELECT CAST(:id AS TEXT), p.id, CAST(:purpose AS TEXT), CAST(:email AS TEXT),"
    " CAST(:now AS BIGINT), CAST(:expires AS BIGINT) FROM person p"
    " WHERE p.id = :person AND p.disabled_at IS NULL"
    " AND (SELECT COUNT(*) FROM mailed_link m WHERE m.email = :email AND m.created_at > :since"
    " AND m.created_at <= :now)"
    " < CASE WHEN p.email = :email AND p.verified_at IS NOT NULL"
    " THEN CAST(:max_verified AS BIGINT) ELSE CAST(:max_unverified AS BIGINT) END"
)
LINK = Query(
    f"SELECT {_PERSON}, p.password_hash, l.id AS link_id, l.email AS link_email,"
    " l.used_at, l.expires_at FROM mailed_link l JOIN person p ON p.id = l.person_id"
    " WHERE l.id = :id AND l.purpose = :purpose AND p.disabled_at IS NULL"
)
USE_LINK = Query("UPDATE mailed_link SET used_at = :now WHERE id = :id AND used_at IS NULL")
VOID_LINKS = Query(
    "UPDATE mailed_link SET used_at = :now WHERE person_id = :person AND used_at IS NULL"
)

# A number in the text: PostgreSQL would plan for a share of the table where it is a parameter.
_OLDEST = (
    "SELECT id FROM session WHERE expires_at < :before"
    f" ORDER BY expires_at, id LIMIT {limits.SESSION_PRUNE_TAKE}"
)
PRUNE_REFRESH_TOKENS = Query(f"DELETE FROM refresh_token WHERE session_id IN ({_OLDEST})")
PRUNE_SESSIONS = Query(f"DELETE FROM session WHERE id IN ({_OLDEST})")
PRUNE_LINKS = Query("DELETE FROM mailed_link WHERE expires_at < :before")


person = reader(Person)


def add_person(person: Person, password_hash: str, *, consent: str | None) -> Statement:
    """`consent` is the version of the terms accepted now; None: none was asked for."""
    return _ADD_PERSON(
        id=person.id,
        email=person.email,
        name=person.name,
        search_name=fold(person.name),
        hash=password_hash,
        role=person.role.value,
        locale=person.locale,
        consent=consent,
        consent_at=None if consent is None else person.created_at,
        now=person.created_at,
        verified=person.verified_at,
    )
