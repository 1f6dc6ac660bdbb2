"""What the groups of settings have in common."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict


class Wrong(ValueError):
    """Each sentence names a setting and says what to set; none repeats what may be a secret."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


class Group(BaseModel):
    """A field's alias is the setting's name: `smtp_host` is BASHI_SMTP_HOST."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def production_faults(self) -> Sequence[str]:
        """Sentences about what production can not do without, or must not have."""
        return ()


Check = tuple[object, str]
"""What must be true, and what to say where it is not."""


def faults(*checks: Check) -> list[str]:
    return [sentence for holds, sentence in checks if not holds]


def refuse(*checks: Check) -> None:
    """Raises Wrong with the sentences of all checks that fail."""
    found = faults(*checks)
    if found:
        raise Wrong(found)
