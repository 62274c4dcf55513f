"""What this room tells those above it."""

from django.dispatch import Signal

#: With ``consultation``: its dates are other than its page may say.
dates_moved = Signal()
#: Something that the public reads of consultations became another. With ``page``: the number of
#: that of which the search knows it, else ``None``.
shown_anew = Signal()
