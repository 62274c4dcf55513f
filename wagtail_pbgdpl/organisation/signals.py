"""What happens to seats and delegations by an update, of which Django sends no signal.

Sent inside the transaction; journal and facts, which listen, stand above this room. ``by`` is the
user who did it.
"""

from __future__ import annotations

from django.dispatch import Signal

#: Of ``Seat``: ``seat``, ``by``
seat_confirmed = Signal()
#: Of ``Delegation``: ``delegation``, ``by``
delegation_confirmed = Signal()
delegation_revoked = Signal()
