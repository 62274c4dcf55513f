from django.db import migrations, models


def nobodys_turn(apps, schema_editor):
    """What was returned is at no step: of whose turn it had been said nothing is asked any more."""
    matters = apps.get_model('wagtail_pbgdpl', 'Matter')
    matters.objects.exclude(state='submitted').exclude(role='').update(role='')


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_pbgdpl', '0014_without_the_old_tables'),
    ]

    operations = [
        migrations.RunPython(nobodys_turn, migrations.RunPython.noop),
        migrations.AddField(
            model_name='matter',
            name='pauses',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='pauses'),
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='pbgdpl_matter_role',
        ),
        migrations.AlterField(
            model_name='event',
            name='move',
            field=models.CharField(max_length=20, verbose_name='kind'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['role', 'since'], name='pbgdpl_matter_role'),
        ),
    ]
