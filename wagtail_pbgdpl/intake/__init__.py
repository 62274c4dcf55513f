"""What the public sends in: who sends it, with which files, once, and not by a machine.

It knows nothing of what is sent: the rooms of questions, comments and slips build on it.
"""
