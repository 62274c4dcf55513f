import django.db.models.deletion
from django.db import migrations, models


def forget_reminders(apps, schema_editor):
    """On the way back nothing is copied: no reminder could name what it was about."""
    apps.get_model('wagtail_pbgdpl', 'Reminder').objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_pbgdpl', '0013_copy_matters'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reminder',
            name='pbgdpl_reminder_once',
        ),
        migrations.RemoveField(
            model_name='reminder',
            name='publication',
        ),
        migrations.AlterField(
            model_name='reminder',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='wagtail_pbgdpl.matter', verbose_name='matter'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('matter', 'on'), name='pbgdpl_reminder_once'),
        ),
        migrations.AlterField(
            model_name='event',
            name='at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='at'),
        ),
        migrations.AlterField(
            model_name='matter',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='created at'),
        ),
        migrations.DeleteModel(
            name='DecisionFile',
        ),
        migrations.DeleteModel(
            name='Decision',
        ),
        migrations.DeleteModel(
            name='Pending',
        ),
        migrations.DeleteModel(
            name='PublicationEvent',
        ),
        migrations.DeleteModel(
            name='Publication',
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_reminders),
    ]
