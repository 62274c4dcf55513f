from django.db import migrations, models


def fill_listed_in(apps, schema_editor):
    """The parent of a page is the page whose tree path is one step shorter."""
    content_page = apps.get_model("wagtail_pbgdpl_pages", "ContentPage")
    page = apps.get_model("wagtailcore", "Page")
    by_path = dict(page.objects.filter(numchild__gt=0).values_list("path", "pk"))
    pages = list(content_page.objects.only("path", "listed_in"))
    for item in pages:
        item.listed_in = by_path.get(item.path[:-4])
    content_page.objects.bulk_update(pages, ["listed_in"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('wagtail_pbgdpl_pages', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='contentpage',
            name='listed_in',
            field=models.PositiveBigIntegerField(blank=True, editable=False, help_text='The index page above, kept here so that one index serves listings.', null=True, verbose_name='listed in'),
        ),
        migrations.RunPython(fill_listed_in, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='contentpage',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['listed_in', '-published_at', '-page_ptr'], name='pbgdpl_listing'),
        ),
        migrations.AddIndex(
            model_name='contentpage',
            index=models.Index(fields=['-published_at', '-page_ptr'], name='pbgdpl_newest'),
        ),
    ]
