# Matters and events: the tables. What is there is copied by 0013, the old tables go with 0014.

import django.db.models.deletion
import wagtail_pbgdpl.core.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_pbgdpl', '0011_login'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.PositiveBigIntegerField(db_index=True, null=True, verbose_name='page')),
                ('title', wagtail_pbgdpl.core.fields.NFCCharField(max_length=255, verbose_name='title')),
                ('category', models.CharField(blank=True, max_length=40, verbose_name='category')),
                ('revision', models.PositiveBigIntegerField(db_index=True, null=True, verbose_name='revision')),
                ('move', models.CharField(choices=[('submitted', 'submitted'), ('passed', 'passed on'), ('returned', 'returned for correction'), ('withdrawn', 'taken back by the sender'), ('emergency', 'published in an emergency'), ('reviewed', 'reviewed after publication'), ('taken_down', 'taken down'), ('entered', 'entered by the set-up or an import'), ('owed', 'entered as owed'), ('begun', 'begun'), ('changed', 'changed'), ('moved', 'time limit moved'), ('published', 'published'), ('unpublished', 'taken down'), ('given_up', 'given up')], max_length=20, verbose_name='kind')),
                ('clears', models.BooleanField(default=False, verbose_name='clears for publication')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='round')),
                ('action', models.CharField(blank=True, max_length=20, verbose_name='what is done')),
                ('step', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='step')),
                ('clause', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='clause')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('by_name', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='name')),
                ('role', models.CharField(blank=True, max_length=20, verbose_name='role')),
                ('authority', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='by the authority of')),
                ('grounds', models.JSONField(default=list, verbose_name='grounds')),
                ('text', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='comment')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='digest')),
                ('detail', models.JSONField(default=dict, verbose_name='further facts')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ['pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='EventFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=100, verbose_name='table')),
                ('object_id', models.CharField(max_length=64, verbose_name='key')),
                ('title', wagtail_pbgdpl.core.fields.NFCCharField(max_length=255, verbose_name='title')),
                ('sha256', models.CharField(max_length=64, verbose_name='digest')),
            ],
            options={
                'verbose_name': 'file of a decision',
                'verbose_name_plural': 'files of decisions',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(default='publication', max_length=20, verbose_name='kind')),
                ('subject', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='page')),
                ('title', wagtail_pbgdpl.core.fields.NFCCharField(max_length=255, verbose_name='title')),
                ('category', models.CharField(blank=True, max_length=40, verbose_name='category')),
                ('state', models.CharField(default='draft', editable=False, max_length=20, verbose_name='state')),
                ('action', models.CharField(blank=True, editable=False, max_length=20, verbose_name='what is done')),
                ('role', models.CharField(blank=True, editable=False, max_length=20, verbose_name='role')),
                ('step', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, editable=False, max_length=255, verbose_name='step')),
                ('place', models.PositiveBigIntegerField(editable=False, null=True, verbose_name='number of the step')),
                ('round', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='round')),
                ('since', models.DateTimeField(editable=False, null=True, verbose_name='since')),
                ('writers', models.JSONField(blank=True, editable=False, null=True)),
                ('profile', models.CharField(blank=True, max_length=255, verbose_name='regulation profile')),
                ('rule', models.CharField(blank=True, max_length=60, verbose_name='deadline rule')),
                ('clause', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='clause')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='day of the event')),
                ('started_at', models.DateTimeField(blank=True, help_text='Where the hour is known.', null=True, verbose_name='time of the event')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='due at')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed at')),
                ('outcome', models.CharField(blank=True, max_length=20, verbose_name='outcome')),
                ('authority', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='by the authority of')),
                ('note', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='note')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
            ],
            options={
                'verbose_name': 'entry of the ledger',
                'verbose_name_plural': 'ledger of publication',
                'default_permissions': ('add', 'change', 'view'),
            },
        ),
        migrations.AddField(
            model_name='event',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='event',
            name='delegation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.delegation', verbose_name='delegation'),
        ),
        migrations.AddField(
            model_name='event',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='eventfile',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='wagtail_pbgdpl.event', verbose_name='event'),
        ),
        migrations.AddField(
            model_name='matter',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by'),
        ),
        migrations.AddField(
            model_name='matter',
            name='sender',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sender'),
        ),
        migrations.AddField(
            model_name='matter',
            name='to_review',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.event', verbose_name='to be reviewed'),
        ),
        migrations.AddField(
            model_name='matter',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='wagtail_pbgdpl.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='matter',
            name='unit_at_close',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.unit', verbose_name='unit when it was closed'),
        ),
        migrations.AddField(
            model_name='event',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='wagtail_pbgdpl.matter', verbose_name='matter'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='matter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='wagtail_pbgdpl.matter', verbose_name='matter'),
        ),
        migrations.AddIndex(
            model_name='eventfile',
            index=models.Index(fields=['model', 'object_id'], name='pbgdpl_event_file'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['subject'], name='pbgdpl_matter_of'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['due_at'], name='pbgdpl_matter_open'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['closed_at'], name='pbgdpl_matter_closed'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['unit_at_close', 'closed_at'], name='pbgdpl_matter_unit'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['state', 'role', 'since'], name='pbgdpl_matter_role'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('to_review__isnull', False)), fields=['to_review'], name='pbgdpl_matter_review'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(fields=('kind', 'subject'), name='pbgdpl_matter_subject'),
        ),
    ]
