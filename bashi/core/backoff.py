"""Backoff: how long to wait before the next try, doubled each time up to a bound."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    first_ms: int
    most_ms: int

    def wait_ms(self, tries: int, part: float = 1.0) -> int:
        """After so many tries that failed, the first of them 0. `part` (0 to 1): what a caller
        draws by chance, so that those who failed together do not come back together."""
        doubled = self.first_ms << min(tries, 40)
        return round(min(doubled, self.most_ms) * part)
