"""Every guard of the package by name, and what it is when it is switched off.

A copy of the package without them shows that the table tries what it says: there most of the ways
lead round the board.
"""

from __future__ import annotations

import ast
import shutil
import textwrap
from pathlib import Path

SUPER = "return super().{name}(*args, **kwargs)"

#: File, function, and the body that it has when the guard is off.
GUARDS: tuple[tuple[str, str, str], ...] = (
    ("authority/rules.py", "decide", "return Answer()"),
    ("workflows/guard.py", "ModeratedMixin.get_lock", "return None"),
    ("workflows/guard.py", "ModeratedMixin.get_workflow", "return super().get_workflow()"),
    (
        "workflows/guard.py",
        "ModeratedMixin.current_workflow_state",
        "return super().current_workflow_state",
    ),
    (
        "workflows/guard.py",
        "ModeratedMixin.publish",
        "return super().publish(revision, user=user, **kwargs)",
    ),
    ("workflows/guard.py", "ModeratedMixin.save", SUPER.format(name="save")),
    ("workflows/guard.py", "ModeratedMixin.save_revision", SUPER.format(name="save_revision")),
    ("matters/models.py", "Matter.save", SUPER.format(name="save")),
    ("workflows/journal.py", "is_cleared", "return True"),
    ("workflows/page_permissions.py", "PortalPagePermissionTester._may", "return True"),
    ("workflows/page_permissions.py", "PortalPagePermissionTester.can_add_subpage", "return True"),
    ("workflows/page_permissions.py", "PortalPagePermissionTester.can_delete", "return True"),
    ("workflows/page_permissions.py", "PortalPagePermissionTester.can_publish", "return True"),
    (
        "workflows/page_permissions.py",
        "PortalPagePermissionTester.can_publish_subpage",
        "return True",
    ),
    ("workflows/page_permissions.py", "PortalPagePermissionTester.can_unpublish", "return True"),
    ("workflows/page_permissions.py", "PortalPagePermissionTester.can_unlock", "return True"),
    ("workflows/page_permissions.py", "PortalPagePermissionTester.can_move", "return True"),
    ("workflows/page_permissions.py", "PortalPagePermissionTester.can_move_to", "return True"),
    (
        "workflows/page_permissions.py",
        "PortalPagePermissionTester.can_reorder_children",
        "return True",
    ),
    ("workflows/models.py", "StepTask.locked_for_user", "return False"),
    ("workflows/models.py", "StepTask.user_can_access_editor", "return True"),
    ("workflows/deeds.py", "_refuse_changed", "return None"),
    ("workflows/deeds.py", "_refuse_newer", "return None"),
    ("workflows/policy.py", "narrow_policy", "return None"),
    ("workflows/middleware.py", "ReadingMiddleware.process_view", "return None"),
    ("workflows/superusers.py", "guard_creation", "return None"),
    ("workflows/superusers.py", "guard_change", "return None"),
    ("workflows/admin_listing_hooks.py", "narrow_chooser", "return pages"),
    ("workflows/admin_listing_hooks.py", "narrow_explorer", "return pages"),
    ("workflows/admin_listing_hooks.py", "guard_copy", "return None"),
    ("media/access.py", "is_open", "return True"),
    ("media/access.py", "may_open", "return True"),
    ("media/access.py", "seen_media", "return found"),
    ("media/views.py", "is_plain", "return True"),
    ("organisation/forms.py", "SeatForm.clean", "return super().clean()"),
    (
        "organisation/forms.py",
        "DelegationForm._offer",
        "self.fields[name].queryset = Seat.objects.on(today())",
    ),
    ("organisation/forms.py", "SeatForm.save", "return super().save(commit)"),
    ("organisation/models.py", "Seat.clean", "super().clean()"),
    ("organisation/models.py", "DelegationQuerySet.valid", "return self.filter(revoked_at=None)"),
    ("organisation/membership.py", "_on_groups", "return None"),
    ("authority/quiet.py", "quiet_days", "return {}"),
    ("workflows/passwords.py", "guard_password", "return None"),
    ("workflows/passwords.py", "replace_if_not_own", "return None"),
    ("workflows/superusers.py", "refuse_copy", "return None"),
    ("workflows/deeds.py", "_refuse_unjudged", "return None"),
    ("workflows/kept.py", "keep_steps", "return None"),
    ("workflows/kept.py", "keep_decided", "return None"),
    ("workflows/page_permissions.py", "ask_the_specific_page", "return None"),
    ("media/frozen.py", "is_frozen", "return False"),
    ("media/frozen.py", "refuse_change", "return None"),
    ("media/policy.py", "narrow_policies", "return None"),
    ("media/admin.py", "gate", "return None"),
    ("media/pointing.py", "withheld_from", "return []"),
    ("media/access.py", "is_only_in_drafts", "return False"),
    ("reference/shown_names.py", "check_renaming", "return None"),
    ("site/laid_down.py", "laid_down", "return {}"),
    ("changes/told.py", "tell", "return None"),
    ("changes/letters.py", "tell", "return None"),
)


def copy_without(source: Path, target: Path) -> None:
    """Copy the package to ``target`` and switch its guards off there.

    Raises ``LookupError`` where a guard is not there under its name.
    """
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    for name, function, body in GUARDS:
        path = target / name
        path.write_text(switched_off(path.read_text("utf-8"), function, body), "utf-8")


def switched_off(source: str, function: str, body: str) -> str:
    """Return the source of a module in which a function has another body."""
    node = _find(ast.parse(source), function.split("."))
    lines = source.splitlines(keepends=True)
    first, last = node.body[0], node.body[-1]
    indent = " " * first.col_offset
    lines[first.lineno - 1 : last.end_lineno] = [textwrap.indent(body, indent) + "\n"]
    return "".join(lines)


def _find(tree: ast.AST, names: list[str]) -> ast.FunctionDef:
    for name in names:
        found = [
            node
            for node in ast.iter_child_nodes(tree)
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name
        ]
        if not found:
            raise LookupError(".".join(names))
        tree = found[-1]
    assert isinstance(tree, ast.FunctionDef)
    return tree
