# Runs with the settings of the demo on an empty database: from before the matters to after them.

import django
from django.contrib.auth.management import create_permissions
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

django.setup()

BEFORE = ("wagtail_pbgdpl", "0011_login")
NOW = timezone.now()
executor = MigrationExecutor(connection)
# The state of before is none of those that the squashed migrations go through.
executor.loader.replace_migrations = False
executor.loader.build_graph()
# Later migrations of the pages wait for later ones of the package.
PAGES_BEFORE = ("wagtail_pbgdpl_pages", "0003_supply")
ours = {BEFORE[0], PAGES_BEFORE[0]}
others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ours]
executor.migrate([*others, PAGES_BEFORE, BEFORE])
old = executor.loader.project_state([*others, PAGES_BEFORE, BEFORE]).apps


def rows(name: str):
    return old.get_model("wagtail_pbgdpl", name).objects


for app in old.get_app_configs():
    if app.label == BEFORE[0]:
        app.models_module = True
        create_permissions(app, verbosity=0, apps=old)
unit = rows("Unit").create(name="Phòng Tư pháp", short_name="PTP", kind="division")
person = old.get_model("auth", "User").objects.create(username="an")
group = old.get_model("auth", "Group").objects.create(name="Thư ký")
Permission = old.get_model("auth", "Permission")
for codename in ("view_publication", "add_publication", "view_decision"):
    group.permissions.add(Permission.objects.get(codename=codename))
rows("ProvisionedObject").create(
    key="permission:secretary:wagtail_pbgdpl.view_decision",
    model="auth.group_permissions",
    object_id=1,
)
owed = rows("Publication").create(title="Còn nợ", category="C3", unit=unit, due_at=NOW)
given_up = rows("Publication").create(title="Bỏ", category="C3", cancelled_at=NOW)
written = rows("Publication").create(title="Bài cũ", category="C2", unit=unit, page_id=70)
public = rows("Publication").create(
    title="Tin khẩn",
    category="C2",
    unit=unit,
    page_id=71,
    first_published_at=NOW,
    approved_by=person,
    authority="Trưởng Ban",
    emergency=True,
)
rows("PublicationEvent").create(publication=owed, kind="owed", by=person, by_name="An")
rows("PublicationEvent").create(publication=given_up, kind="cancelled", detail={"reason": "Mật"})
about = {"category": "C2", "by": person, "by_name": "An", "revision_number": 5}
emergency = rows("Decision").create(
    page_id=71, title="Tin khẩn", kind="emergency", clears=True, digest="ab", unit=unit, **about
)
rows("DecisionFile").create(
    decision=emergency, model="wagtailimages.Image", object_id="3", title="Ảnh", sha256="cd"
)
index_page = rows("Decision").create(page_id=9, title="Chuyên mục", kind="entered", **about)
reviewed = rows("Decision").create(page_id=70, title="Bài cũ", kind="emergency", **about)
rows("Decision").create(page_id=70, title="Bài cũ", kind="reviewed", **about)
step = old.get_model("wagtailcore", "TaskState").objects.create(
    workflow_state=old.get_model("wagtailcore", "WorkflowState").objects.create(
        content_type_id=1,
        base_content_type_id=1,
        object_id="70",
        workflow=old.get_model("wagtailcore", "Workflow").objects.create(name="Quy trình"),
        requested_by=person,
    ),
    task=old.get_model("wagtailcore", "Task").objects.create(name="Duyệt", content_type_id=1),
    revision=old.get_model("wagtailcore", "Revision").objects.create(
        content_type_id=1, base_content_type_id=1, object_id="70", content={}, created_at=NOW
    ),
    content_type_id=1,
)
rows("Pending").create(
    page_id=70,
    title="Bài mới",
    category="C2",
    unit=unit,
    task_state=step,
    action="approve",
    role="chief",
    step="Duyệt đăng",
    round=2,
    sender=person,
    writers=[person.pk],
    since=NOW,
)
given = old.get_model("wagtailcore", "TaskState").objects.create(
    workflow_state=old.get_model("wagtailcore", "WorkflowState").objects.create(
        content_type_id=1,
        base_content_type_id=1,
        object_id="72",
        workflow=step.workflow_state.workflow,
        status="needs_changes",
        requested_by=person,
    ),
    task=step.task,
    revision=step.revision,
    status="rejected",
    content_type_id=1,
)
rows("Pending").create(
    page_id=72,
    title="Bài trả lại",
    category="C2",
    unit=unit,
    task_state=given,
    action="verify",
    role="member",
    step="Thẩm định",
    returned=True,
    sender=person,
    since=NOW,
)
day = rows("ReminderDay").create(day=NOW.date(), at=NOW)
rows("Reminder").create(publication=owed, on=day, stage=2, due_at=NOW)

executor = MigrationExecutor(connection)
executor.migrate(executor.loader.graph.leaf_nodes())

from django.contrib.auth.models import Group  # noqa: E402

from wagtail_pbgdpl.matters.models import Event, Matter, Reminder  # noqa: E402
from wagtail_pbgdpl.provisioning.models import ProvisionedObject  # noqa: E402

by_title = {matter.title: matter for matter in Matter.objects.all()}
assert {matter.pk for matter in by_title.values()} >= {owed.pk, given_up.pk, written.pk, public.pk}
assert (by_title["Còn nợ"].state, by_title["Còn nợ"].due_at) == ("owed", NOW)
assert by_title["Bỏ"].is_given_up
assert by_title["Bỏ"].closed_at == NOW
closed = by_title["Tin khẩn"]
assert (closed.outcome, closed.closed_at, closed.unit_at_close_id) == ("emergency", NOW, unit.pk)
assert (closed.closed_by_id, closed.authority) == (person.pk, "Trưởng Ban")
assert (closed.state, closed.to_review_id) == ("emergency", emergency.pk)
waiting = by_title["Bài mới"]
assert (waiting.pk, waiting.state, waiting.role, waiting.round) == (
    written.pk,
    "submitted",
    "chief",
    2,
)
assert (waiting.place, waiting.writers, waiting.to_review) == (step.pk, [person.pk], None)
back = by_title["Bài trả lại"]
# It is nobody's turn at a step, and what it came back from is known.
assert (back.state, back.role, back.action, back.step) == ("returned", "", "verify", "Thẩm định")
assert by_title["Chuyên mục"].kind == "page"
event = Event.objects.get(pk=emergency.pk)
assert (event.move, event.subject, event.revision, event.digest) == ("emergency", 71, 5, "ab")
assert event.at == emergency.at
assert event.files.get().sha256 == "cd"
assert [one.move for one in by_title["Bỏ"].events.all()] == ["given_up"]
assert [one.move for one in Event.objects.decisions()] == [
    "emergency",
    "entered",
    "emergency",
    "reviewed",
]
assert Reminder.objects.get().matter_id == owed.pk
codenames = {one.codename for one in Group.objects.get(name="Thư ký").permissions.all()}
assert codenames == {"view_matter", "add_matter", "view_event"}
assert ProvisionedObject.objects.get().key.endswith(".view_event")
assert Matter.objects.create(title="Thêm").pk > max(matter.pk for matter in by_title.values())

# All of it goes again, as ``pbgdpl_remove`` says.
MigrationExecutor(connection).migrate([("wagtail_pbgdpl_pages", None), ("wagtail_pbgdpl", None)])
assert not [name for name in connection.introspection.table_names() if "pbgdpl_matter" in name]
print("migrated")
