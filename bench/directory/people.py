"""Visitors as they might be: names, addresses, plans, tags, pages; the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from twinpane.ports.records import VisitorChange

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SPAN = timedelta(days=30)
ONLINE = 9_000
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", ["a", "e", "i", "o", "u", "é", "ö"]
_DOMAINS = ["gmail.com", "outlook.com", "acme.example", "shop.example", "mail.example"]
_PLANS = ["free", "pro", "team", "enterprise"]
_PAGES = ["cart", "checkout/payment", "products/shoes", "account/orders", "help/contact", "pricing"]


def short_id(number: int) -> str:
    """The number-th short ID."""
    number = number * 766_245_317 % 32**8
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(8))


def _name(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables)).capitalize()


def names(seed: int = 7) -> tuple[list[str], list[str]]:
    """First and last names, of which the first few are common."""
    chance = random.Random(seed)
    return [_name(chance, 2) for _ in range(800)], [_name(chance, 3) for _ in range(30_000)]


def visitors(count: int) -> Iterator[VisitorChange]:
    """Yield that many visitors of team 1, oldest first; the newest 9,000 of a million are online."""
    firsts, lasts = names()
    chance = random.Random(count)
    for number in range(count):
        first = firsts[int(len(firsts) * chance.random() ** 2)]
        last = lasts[int(len(lasts) * chance.random() ** 2)]
        mail = f"{first}.{last}{number % 1000}@{chance.choice(_DOMAINS)}".lower()
        known = chance.random() < 0.7
        columns = {
            "unique_id": f"user-{number}" if known else None,
            "identities": [f"{first} {last}", mail] if known else [],
            "tags": [f"segment-{chance.randrange(200)}"] + (["vip"] if chance.random() < 0.02 else []),
            "integration_ids": [f"crm:{number}"] if known else [],
            "metadata": {"plan": chance.choice(_PLANS), "seats": chance.randrange(1, 500)},
            "last_url": f"https://www.shop.example/{chance.choice(_PAGES)}?item={chance.randrange(100_000)}",
            "last_title": "Shop",
            "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "ip_address": f"{chance.randrange(1, 224)}.{chance.randrange(256)}.{chance.randrange(256)}.7",
            "is_online": number >= count - ONLINE * count // 1_000_000,
        }
        at = NOW - SPAN + SPAN * number / count
        yield VisitorChange(team_id=1, short_id=short_id(number), at=at, set=columns)
