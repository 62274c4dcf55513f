"""What the search tells other rooms."""

from __future__ import annotations

from django.dispatch import Signal

#: Somebody looked for something; with ``request``, ``text`` as it was typed and ``total``, how
#: much was found.
asked = Signal()
