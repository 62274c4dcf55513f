from django.db import migrations

from ._consent_texts import lay_down


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_pbgdpl', '0020_alike'),
    ]

    # Who agreed to a wording must be able to read it for as long as the question is kept.
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
