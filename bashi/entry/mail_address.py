"""Mail addresses that an operator sets: one of them, alone or with a name."""

from email.headerregistry import Address

from email_validator import EmailNotValidError, validate_email

from bashi.core.one_line import one_line


def address(text: str) -> str:
    """Raises ValueError for whatever a mail server would not take."""
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        raise ValueError("no mail address") from error
    assert found.ascii_email is not None
    return found.ascii_email


def mailbox(text: str) -> str:
    """`Name <address>` or an address alone (RFC 5322 §3.4); a name may have commas and dots, since
    it is quoted here. Raises ValueError."""
    if "<" not in text:
        return address(text.strip())
    name, _, rest = text.strip().rpartition("<")
    bare = one_line(name.strip().strip('"')) if name.strip() else ""
    if not rest.endswith(">") or any(sign in bare for sign in '<>@"\\'):
        raise ValueError("not one mailbox")
    return str(Address(display_name=bare, addr_spec=address(rest[:-1].strip())))
