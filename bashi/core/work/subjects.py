"""The kinds of subjects that somebody may pay for: the one place that names them all."""

from collections.abc import Mapping
from typing import Any

from bashi.core.orders.subject import ORDER, OrderSubject
from bashi.core.payments.parts import PaymentSubject

SUBJECTS: Mapping[str, PaymentSubject[Any]] = {ORDER: OrderSubject()}
