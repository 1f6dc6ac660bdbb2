import time
from uuid import UUID

from bashi.core.tokens import is_uuid
from bashi.engines.system import CROCKFORD, SystemClock, SystemIds


def test_ids_are_uuids_of_version_7_in_order_of_time() -> None:
    ids = SystemIds()
    before = SystemClock().now()
    made = [ids.uuid() for _ in range(1_000)]
    after = SystemClock().now()
    assert len(set(made)) == 1_000
    for each in made:
        assert is_uuid(each)
        assert UUID(each).version == 7
        assert UUID(each).variant == "specified in RFC 4122"
        assert before <= UUID(each).int >> 80 <= after


def test_secrets_have_256_bits() -> None:
    ids = SystemIds()
    assert {len(ids.secret()) for _ in range(100)} == {43}
    assert len({ids.secret() for _ in range(100)}) == 100


def test_typed_codes_have_no_ambiguous_sign() -> None:
    ids = SystemIds()
    signs = {sign for _ in range(500) for sign in ids.code(10)}
    assert signs == set(CROCKFORD)
    assert not signs & set("ILOU")
    assert len(ids.code(10)) == 10


def test_the_clock_counts_milliseconds() -> None:
    assert abs(SystemClock().now() - time.time() * 1000) < 1_000
