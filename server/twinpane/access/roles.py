"""What a member's role reaches, in the order of `ROLES`."""

from __future__ import annotations

from twinpane_protocol.console_answers import ROLES, Role

from twinpane.errors import ForbiddenError, InvalidRequestError


def reaches(had: Role, needed: Role) -> bool:
    """Whether a role may do what needs another one."""
    return ROLES.index(had) <= ROLES.index(needed)


def require_role(had: Role, needed: Role) -> None:
    """Raise ForbiddenError unless a role reaches."""
    if not reaches(had, needed):
        raise ForbiddenError(f"This needs the role “{needed}”; yours is “{had}”.")


def require_rule_over(had: Role, *others: Role) -> None:
    """Raise ForbiddenError unless a member of one role may make, change or remove members of the others."""
    require_role(had, "admin")
    if "owner" in others:
        require_role(had, "owner")


def read_role(text: str) -> Role:
    """Read a role's name. Raises InvalidRequestError."""
    for role in ROLES:
        if role == text:
            return role
    raise InvalidRequestError(f"Roles are {', '.join(ROLES)}.", fields={"role": f"not a role: {text}"})
