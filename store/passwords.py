"""Passwords: kept as argon2id hashes, and what is accepted as one."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from store.declined import Declined

SHORTEST: Final = 10
LONGEST: Final = 200
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""As OWASP's password storage sheet of 2024 advises: 19 MiB, two passes; some 20 ms."""
_NOBODY: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""Checked where there is no such person, so that the time taken does not tell."""


def hashed(password: str, login: str) -> str:
    """The hash to keep. `Declined` for what anybody would try first."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise Declined("password_short", "a password has {n} characters or more", n=SHORTEST)
    if len(plain) > LONGEST:
        raise Declined("password_long", "a password has {n} characters or fewer", n=LONGEST)
    if len(set(plain)) < 4 or login in plain.lower():
        raise Declined(
            "password_easy",
            "too easy to guess: use neither the login name nor a few characters repeated",
        )
    return _HASHER.hash(plain)


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password. Takes as long where there is none."""
    try:
        return _HASHER.verify(kept or _NOBODY, _plain(password)[: LONGEST + 1]) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def digest(token: str) -> str:
    """How a random token is kept: nobody who reads the database can use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _plain(password: str) -> str:
    """One writing for what looks the same on two keyboards."""
    return unicodedata.normalize("NFKC", password)
