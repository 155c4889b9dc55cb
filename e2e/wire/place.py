"""A place in a page where a secret stands, and what happens to it there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH: Final = 16


@dataclass(frozen=True)
class Place:
    """One spot. `opened` is the same spot without its mask, where that is not just the rule taken away."""

    name: str
    html: str
    late: str = ""
    is_typed: bool = False
    """The visitor types the second secret into the element."""
    is_card: bool = False
    shows: bool = True
    """Without its mask the secret is told: what proves that the search would find it."""
    in_head: bool = False

    @property
    def secret(self) -> str:
        """What must not leave, from the beginning."""
        return card_number(self.name) if self.is_card else word(self.name)

    @property
    def later(self) -> str:
        """What must not leave, and comes while agents watch."""
        return card_number(f"{self.name} later") if self.is_card else word(f"{self.name} later")

    @property
    def id(self) -> str:
        """The element's id."""
        return "p" + hashlib.sha256(self.name.encode()).hexdigest()[:6]

    def filled(self) -> str:
        """The HTML with its secret and id."""
        return self.html.replace("{s}", self.secret).replace("{id}", self.id)


def word(seed: str) -> str:
    """A secret that nothing else looks like."""
    digest = hashlib.sha256(seed.encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LENGTH])


def card_number(seed: str) -> str:
    """A number that passes the check of card numbers (ISO/IEC 7812-1)."""
    digits = "4" + str(int(hashlib.sha256(seed.encode()).hexdigest(), 16))[:14]
    doubled = [int(digit) * 2 if place % 2 == 0 else int(digit) for place, digit in enumerate(digits)]
    return digits + str(-sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10)


def body(places: list[Place], *, without_rules: bool = False) -> str:
    """The places as HTML; without the rules that mask them, to see what would leave."""
    html = "\n".join(place.filled() for place in places)
    if without_rules:
        for rule in ("no-upscope", "data-upscope-mask", "own-rule", "account-rule", "vault"):
            html = html.replace(rule, "plain")
        html = html.replace("type=password", "").replace("type='password'", "").replace("autocomplete=", "data-was=")
        html = html.replace("name=passwd", "")
    return html
