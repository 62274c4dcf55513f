"""What happens to seats and delegations by an update, of which Django sends no signal.

Sent inside the transaction. ``by`` is the user who did it.
"""

from __future__ import annotations

from django.dispatch import Signal

#: ``seat``, ``by``
seat_confirmed = Signal()
#: ``delegation``, ``by``
delegation_confirmed = Signal()
delegation_revoked = Signal()
