"""Copy what is owed, on its way, published and decided into matters and events.

Keys stay: addresses and letters name them. What somebody may do stays too.
"""

from django.core.management.color import no_style
from django.db import migrations
from django.db.models import Max

AT_ONCE = 500
# Of the ledger's events; those of decisions keep their names.
MOVES = {'withdrawn': 'unpublished', 'cancelled': 'given_up'}
CODENAMES = {
    'add_publication': ('matter', 'add_matter'),
    'change_publication': ('matter', 'change_matter'),
    'view_publication': ('matter', 'view_matter'),
    'view_decision': ('event', 'view_event'),
}
OF_THE_CLOCK = (
    'title', 'category', 'unit_id', 'profile', 'rule', 'clause', 'started_on', 'started_at',
    'due_at', 'authority', 'note', 'created_at',
)
OF_A_DECISION = (
    'title', 'category', 'unit_id', 'clears', 'round', 'action', 'step', 'clause', 'at', 'by_id',
    'by_name', 'role', 'authority', 'delegation_id', 'grounds', 'text', 'digest', 'detail',
)


def copy(apps, schema_editor):
    def model(name):
        return apps.get_model('wagtail_pbgdpl', name)

    _matters(model)
    _events(model)
    _steps(model)
    _emergencies(model)
    _reminders(model)
    _permissions(apps)
    tables = [model('Matter'), model('Event'), model('EventFile')]
    for statement in schema_editor.connection.ops.sequence_reset_sql(no_style(), tables):
        schema_editor.execute(statement)


def _matters(model):
    Matter, Publication = model('Matter'), model('Publication')
    for rows in _batches(Publication.objects.order_by('pk')):
        Matter.objects.bulk_create(_matter(Matter, row) for row in rows)
    known = set(Matter.objects.exclude(subject=None).values_list('subject', flat=True))
    number = Matter.objects.aggregate(last=Max('pk'))['last'] or 0
    others = {}
    for name in ('Decision', 'Pending'):
        for row in model(name).objects.order_by('pk').iterator(chunk_size=AT_ONCE):
            if row.page_id not in known:
                others[row.page_id] = row
    fresh = []
    for page_id, row in others.items():
        number += 1
        fresh.append(
            Matter(
                pk=number,
                kind='page',
                subject=page_id,
                title=row.title,
                category=row.category,
                unit_id=row.unit_id,
                created_at=getattr(row, 'at', None) or row.since,
            )
        )
    Matter.objects.bulk_create(fresh, batch_size=AT_ONCE)


def _matter(Matter, row):
    matter = Matter(pk=row.pk, subject=row.page_id, closed_by_id=row.approved_by_id)
    for name in OF_THE_CLOCK:
        setattr(matter, name, getattr(row, name))
    matter.state = 'draft' if row.page_id else 'owed'
    if row.first_published_at:
        matter.state = 'published'
        matter.closed_at = row.first_published_at
        matter.outcome = 'emergency' if row.emergency else 'published'
    elif row.cancelled_at:
        matter.closed_at, matter.outcome = row.cancelled_at, 'given_up'
    if matter.closed_at:
        matter.unit_at_close_id = row.unit_id
    return matter


def _events(model):
    Event, EventFile = model('Event'), model('EventFile')
    of_page = dict(model('Matter').objects.exclude(subject=None).values_list('subject', 'pk'))
    for rows in _batches(model('Decision').objects.order_by('pk')):
        Event.objects.bulk_create(
            Event(
                pk=row.pk,
                matter_id=of_page[row.page_id],
                subject=row.page_id,
                revision=row.revision_number,
                move=row.kind,
                **{name: getattr(row, name) for name in OF_A_DECISION},
            )
            for row in rows
        )
    for rows in _batches(model('DecisionFile').objects.order_by('pk')):
        EventFile.objects.bulk_create(
            EventFile(
                pk=row.pk,
                event_id=row.decision_id,
                model=row.model,
                object_id=row.object_id,
                title=row.title,
                sha256=row.sha256,
            )
            for row in rows
        )
    # They follow by number; what happened first is said by ``at``.
    number = Event.objects.aggregate(last=Max('pk'))['last'] or 0
    clock = model('PublicationEvent').objects.select_related('publication').order_by('pk')
    for rows in _batches(clock):
        Event.objects.bulk_create(
            Event(
                pk=number + place,
                matter_id=row.publication_id,
                subject=row.publication.page_id,
                title=row.publication.title,
                category=row.publication.category,
                unit_id=row.publication.unit_id,
                move=MOVES.get(row.kind, row.kind),
                at=row.at,
                by_id=row.by_id,
                by_name=row.by_name,
                detail=row.detail,
            )
            for place, row in enumerate(rows, 1)
        )
        number += len(rows)


def _steps(model):
    Matter = model('Matter')
    for row in model('Pending').objects.order_by('pk').iterator(chunk_size=AT_ONCE):
        values = {
            'state': 'returned' if row.returned else 'submitted',
            'action': row.action,
            'role': row.role,
            'step': row.step,
            'place': row.task_state_id,
            'round': row.round,
            'since': row.since,
            'sender_id': row.sender_id,
            'writers': row.writers,
            'title': row.title,
            'unit_id': row.unit_id,
        }
        Matter.objects.filter(subject=row.page_id).update(**values)


def _emergencies(model):
    """Who wrote them is counted when it is asked for."""
    Event, Matter = model('Event'), model('Matter')
    moves = ('emergency', 'reviewed', 'taken_down')
    found = {}
    rows = Event.objects.filter(move__in=moves).order_by('pk')
    for pk, matter, move in rows.values_list('pk', 'matter_id', 'move'):
        found[matter] = pk if move == 'emergency' else None
    for matter, event in found.items():
        if event is not None:
            Matter.objects.filter(pk=matter).update(to_review_id=event)
            Matter.objects.filter(pk=matter, state='published').update(state='emergency')


def _reminders(model):
    Reminder = model('Reminder')
    for rows in _batches(Reminder.objects.order_by('pk')):
        for row in rows:
            row.matter_id = row.publication_id
        Reminder.objects.bulk_update(rows, ['matter'])


def _permissions(apps):
    """Groups keep what they were given, and the set-up knows what it gave."""
    ContentType = apps.get_model('contenttypes', 'ContentType')
    Permission = apps.get_model('auth', 'Permission')
    Made = apps.get_model('wagtail_pbgdpl', 'ProvisionedObject')
    for before, (table, after) in CODENAMES.items():
        kind, _made = ContentType.objects.get_or_create(app_label='wagtail_pbgdpl', model=table)
        rows = Permission.objects.filter(content_type__app_label='wagtail_pbgdpl')
        rows.filter(codename=before).update(content_type=kind, codename=after)
        for made in Made.objects.filter(key__endswith=f'.{before}'):
            made.key = made.key.removesuffix(before) + after
            made.save(update_fields=['key'])


def _batches(rows):
    batch = []
    for row in rows.iterator(chunk_size=AT_ONCE):
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_pbgdpl', '0012_matters'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    # Backwards everything of the package goes, as ``pbgdpl_remove`` says: nothing is copied back.
    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
