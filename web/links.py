"""Random tokens, and the address under which one lets somebody choose a password."""

from __future__ import annotations

import secrets
from typing import Final

LINK: Final = "/link/{token}"
"""Where somebody chooses a password."""
_BYTES: Final = 32


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(_BYTES)
