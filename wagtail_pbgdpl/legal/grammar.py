"""How Vietnamese law numbers its articles (Điều), clauses (khoản) and points (điểm).

Patterns for regular expressions, without groups.
"""

# «9», and «9a» as amending laws insert it: of articles and clauses
NUMBER = r"\d+[a-zđ]?"
# «a», «đ», and «a1» as amending laws insert it
LETTER = r"[a-zđăâêôơư]\d?"
