import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import wagtail_pbgdpl.blocks.field
import wagtail_pbgdpl.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('wagtail_pbgdpl_pages', '0001_initial'),
        ('wagtail_pbgdpl_pages', '0002_listing'),
        ('wagtail_pbgdpl_pages', '0003_supply'),
        ('wagtail_pbgdpl_pages', '0004_answers'),
        ('wagtail_pbgdpl_pages', '0005_relations'),
    ]

    dependencies = [
        # Not the squashed one: a portal may have these pages and only some of the package's.
        ('wagtail_pbgdpl', '0018_answers'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('category', models.CharField(blank=True, editable=False, max_length=40, verbose_name='category')),
                ('listed_in', models.PositiveBigIntegerField(blank=True, editable=False, help_text='The index page above, kept here so that one index serves listings.', null=True, verbose_name='listed in')),
                ('published_at', models.DateTimeField(blank=True, editable=False, help_text='The time of first publication, kept here so that one index serves listings.', null=True, verbose_name='published at')),
                ('summary', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, help_text='Two or three sentences that stand in listings and at the top of the page.', max_length=600, verbose_name='summary')),
                ('author', wagtail_pbgdpl.core.fields.NFCCharField(help_text='Full name or pen name; several authors are separated by commas.', max_length=255, verbose_name='author')),
                ('source', wagtail_pbgdpl.core.fields.NFCCharField(help_text='The unit or newspaper that the item comes from.', max_length=255, verbose_name='source')),
                ('source_url', models.URLField(blank=True, help_text='Only where the item was first published elsewhere.', max_length=500, verbose_name='address of the source')),
                ('information_on', models.DateField(blank=True, help_text='The day on which it was decided, issued or took place: the time limit is counted from it. Documents and events have dates of their own, which come first.', null=True, verbose_name='day of the information')),
                ('deadline_rule', models.CharField(blank=True, max_length=60, verbose_name='time limit')),
                ('cover', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='cover image')),
                ('unit', models.ForeignKey(blank=True, help_text='The unit that supplies the item.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'content page',
                'verbose_name_plural': 'content pages',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='CategoryIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('category', models.CharField(max_length=40, verbose_name='category')),
                ('introduction', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'category',
                'verbose_name_plural': 'categories',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='IntegrationPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('category', models.CharField(max_length=40, verbose_name='category')),
                ('introduction', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='introduction')),
                ('links', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='linked systems')),
            ],
            options={
                'verbose_name': 'linked systems',
                'verbose_name_plural': 'linked systems',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='PortalPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'legal education portal',
                'verbose_name_plural': 'legal education portals',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='QuestionIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('category', models.CharField(max_length=40, verbose_name='category')),
                ('introduction', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='introduction')),
                ('questions', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='Questions that are asked often, with their answers.', verbose_name='frequent questions')),
            ],
            options={
                'verbose_name': 'questions and answers',
                'verbose_name_plural': 'questions and answers',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='SearchPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'search',
                'verbose_name_plural': 'search pages',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='StatisticsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('introduction', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'statistics',
                'verbose_name_plural': 'statistics',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='CouncilActivityPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('event_start', models.DateTimeField(blank=True, null=True, verbose_name='starts at')),
                ('event_end', models.DateTimeField(blank=True, null=True, verbose_name='ends at')),
                ('place', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='place')),
                ('topic', models.CharField(choices=[('council', 'Coordination council'), ('mediation', 'Grass-roots mediation'), ('access_standard', 'Standard of access to law')], default='council', max_length=16, verbose_name='topic')),
                ('level', models.CharField(choices=[('province', 'Province'), ('district', 'District (until 30 June 2025)'), ('commune', 'Commune')], default='province', max_length=10, verbose_name='level')),
            ],
            options={
                'verbose_name': 'council activity',
                'verbose_name_plural': 'council activities',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='ExemplarPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('exemplar_kind', models.CharField(choices=[('person', 'Person'), ('collective', 'Collective')], default='person', max_length=10, verbose_name='kind')),
                ('honouree', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='name of the person or collective')),
                ('honouree_unit', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='unit or place')),
                ('achievement', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='achievement')),
            ],
            options={
                'verbose_name': 'exemplar',
                'verbose_name_plural': 'exemplars',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='GuidancePage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('guidance_kind', models.CharField(choices=[('procedure', 'Procedure'), ('method', 'Method'), ('official_letter', 'Official letter'), ('material', 'Professional material'), ('form', 'Template or form')], default='procedure', max_length=16, verbose_name='kind')),
                ('attachments', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='templates and forms to download')),
            ],
            options={
                'verbose_name': 'professional guidance',
                'verbose_name_plural': 'professional guidance',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='IntroductionPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('organisation_chart', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='organisation chart')),
                ('contacts', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='Name, title, unit, official phone and e-mail of each official.', verbose_name='contacts')),
            ],
            options={
                'verbose_name': 'introduction',
                'verbose_name_plural': 'introductions',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('event_start', models.DateTimeField(blank=True, null=True, verbose_name='starts at')),
                ('event_end', models.DateTimeField(blank=True, null=True, verbose_name='ends at')),
                ('place', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='place')),
            ],
            options={
                'verbose_name': 'news item',
                'verbose_name_plural': 'news',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='OtherPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
            ],
            options={
                'verbose_name': 'other information',
                'verbose_name_plural': 'other information',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='RapporteurListPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('list_kind', models.CharField(choices=[('central', 'Legal rapporteurs, central'), ('province', 'Legal rapporteurs, province'), ('communicator', 'Legal communicators, commune')], default='province', max_length=12, verbose_name='list of')),
                ('decision_number', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=100, verbose_name='decision number')),
                ('decision_date', models.DateField(blank=True, null=True, verbose_name='date of the decision')),
                ('as_of', models.DateField(blank=True, null=True, verbose_name='as of')),
                ('members', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='members')),
            ],
            options={
                'verbose_name': 'list of rapporteurs',
                'verbose_name_plural': 'lists of rapporteurs',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='ResearchPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('abstract', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, verbose_name='abstract')),
                ('references', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='references')),
            ],
            options={
                'verbose_name': 'research article',
                'verbose_name_plural': 'research articles',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='StatisticalReportPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('period_kind', models.CharField(choices=[('month', 'Month'), ('quarter', 'Quarter'), ('half_year', 'Six months'), ('year', 'Year'), ('other', 'Other period')], default='year', max_length=10, verbose_name='period')),
                ('period_start', models.DateField(blank=True, null=True, verbose_name='from')),
                ('period_end', models.DateField(blank=True, null=True, verbose_name='to')),
                ('figures', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='figures')),
                ('attachments', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='files')),
            ],
            options={
                'verbose_name': 'statistical report',
                'verbose_name_plural': 'statistical reports',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='TaggedContent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='wagtail_pbgdpl_pages.contentpage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='wagtail_pbgdpl.contenttag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='contentpage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='wagtail_pbgdpl_pages.TaggedContent', to='wagtail_pbgdpl.ContentTag', verbose_name='tags'),
        ),
        migrations.CreateModel(
            name='AnswerPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('question_text', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, help_text='The edited question, where the title does not say all of it. Leave out names, addresses and numbers that identify a person.', verbose_name='question')),
                ('asker_name', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='Only where the asker agreed to be named in public; empty otherwise.', max_length=255, verbose_name='asked by')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                ('legal_basis', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='legal basis')),
                ('question_number', models.PositiveBigIntegerField(blank=True, db_index=True, editable=False, null=True, verbose_name='number of the question')),
                ('legal_fields', modelcluster.fields.ParentalManyToManyField(blank=True, to='wagtail_pbgdpl.legalfield', verbose_name='legal fields')),
            ],
            options={
                'verbose_name': 'answer to a question',
                'verbose_name_plural': 'answers to questions',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='ConsultationPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('document_number', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='For example 17/2018/QĐ-UBND; empty for a draft.', max_length=100, verbose_name='number and symbol')),
                ('signer', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='signed by')),
                ('signer_title', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='As above the signature, for example KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.', max_length=255, verbose_name='title of the signer')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('expired_on', models.DateField(blank=True, null=True, verbose_name='in force until')),
                ('validity', models.CharField(blank=True, choices=[('CHL', 'In force'), ('HHL', 'No longer in force'), ('HHL1P', 'Partly no longer in force'), ('CCHL', 'Not yet in force'), ('TNHL', 'Suspended'), ('TNHL1P', 'Partly suspended'), ('KCPH', 'No longer suitable')], help_text='Only for what neither the days nor the relations say, such as that it is suspended. From these the public page tells by itself whether it is in force today.', max_length=6, verbose_name='validity')),
                ('document_abstract', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, help_text='Word for word as on the document.', verbose_name='abstract of the document')),
                ('national_database_url', models.URLField(blank=True, max_length=500, verbose_name='address in the national database of legal documents')),
                ('gazette_url', models.URLField(blank=True, max_length=500, verbose_name='address in the gazette')),
                ('relations', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='What this document does to others, and others to it: both pages show it.', verbose_name='relations to other documents')),
                ('files', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='The signed original and every annex; citizens can download them.', verbose_name='files')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('drafting_body', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='drafting body')),
                ('opens_on', models.DateField(blank=True, null=True, verbose_name='opens on')),
                ('closes_on', models.DateField(blank=True, help_text='The whole of this day still counts.', null=True, verbose_name='closes on')),
                ('explanatory_files', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='explanatory files')),
                ('outcome', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text="What was commented, and the drafting body's response.", verbose_name='summary of comments')),
                ('document_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.documenttype', verbose_name='document type')),
                ('issuing_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.issuingbody', verbose_name='issuing body')),
                ('legal_fields', modelcluster.fields.ParentalManyToManyField(blank=True, to='wagtail_pbgdpl.legalfield', verbose_name='legal fields')),
            ],
            options={
                'verbose_name': 'consultation on a draft',
                'verbose_name_plural': 'consultations on drafts',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='DirectivePage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('document_number', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='For example 17/2018/QĐ-UBND; empty for a draft.', max_length=100, verbose_name='number and symbol')),
                ('signer', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='signed by')),
                ('signer_title', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='As above the signature, for example KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.', max_length=255, verbose_name='title of the signer')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('expired_on', models.DateField(blank=True, null=True, verbose_name='in force until')),
                ('validity', models.CharField(blank=True, choices=[('CHL', 'In force'), ('HHL', 'No longer in force'), ('HHL1P', 'Partly no longer in force'), ('CCHL', 'Not yet in force'), ('TNHL', 'Suspended'), ('TNHL1P', 'Partly suspended'), ('KCPH', 'No longer suitable')], help_text='Only for what neither the days nor the relations say, such as that it is suspended. From these the public page tells by itself whether it is in force today.', max_length=6, verbose_name='validity')),
                ('document_abstract', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, help_text='Word for word as on the document.', verbose_name='abstract of the document')),
                ('national_database_url', models.URLField(blank=True, max_length=500, verbose_name='address in the national database of legal documents')),
                ('gazette_url', models.URLField(blank=True, max_length=500, verbose_name='address in the gazette')),
                ('relations', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='What this document does to others, and others to it: both pages show it.', verbose_name='relations to other documents')),
                ('files', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='The signed original and every annex; citizens can download them.', verbose_name='files')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('document_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.documenttype', verbose_name='document type')),
                ('issuing_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.issuingbody', verbose_name='issuing body')),
                ('legal_fields', modelcluster.fields.ParentalManyToManyField(blank=True, to='wagtail_pbgdpl.legalfield', verbose_name='legal fields')),
            ],
            options={
                'verbose_name': 'directive document',
                'verbose_name_plural': 'directive documents',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='LegalBriefPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('brief_kind', models.CharField(choices=[('press_release', 'Press release'), ('press_kit', 'Press conference material'), ('introduction', 'Introduction of the document'), ('training', 'Training material')], default='introduction', max_length=16, verbose_name='kind')),
                ('document', models.ForeignKey(blank=True, help_text='The page of the document that this material explains.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(app_label)s_%(class)s_briefs', to='wagtailcore.page', verbose_name='document explained')),
            ],
            options={
                'verbose_name': 'press material or introduction',
                'verbose_name_plural': 'press material and introductions',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='LegalDocumentPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('document_number', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='For example 17/2018/QĐ-UBND; empty for a draft.', max_length=100, verbose_name='number and symbol')),
                ('signer', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='signed by')),
                ('signer_title', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='As above the signature, for example KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.', max_length=255, verbose_name='title of the signer')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('expired_on', models.DateField(blank=True, null=True, verbose_name='in force until')),
                ('validity', models.CharField(blank=True, choices=[('CHL', 'In force'), ('HHL', 'No longer in force'), ('HHL1P', 'Partly no longer in force'), ('CCHL', 'Not yet in force'), ('TNHL', 'Suspended'), ('TNHL1P', 'Partly suspended'), ('KCPH', 'No longer suitable')], help_text='Only for what neither the days nor the relations say, such as that it is suspended. From these the public page tells by itself whether it is in force today.', max_length=6, verbose_name='validity')),
                ('document_abstract', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, help_text='Word for word as on the document.', verbose_name='abstract of the document')),
                ('national_database_url', models.URLField(blank=True, max_length=500, verbose_name='address in the national database of legal documents')),
                ('gazette_url', models.URLField(blank=True, max_length=500, verbose_name='address in the gazette')),
                ('relations', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='What this document does to others, and others to it: both pages show it.', verbose_name='relations to other documents')),
                ('files', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='The signed original and every annex; citizens can download them.', verbose_name='files')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('scope', models.CharField(choices=[('central', 'Central'), ('local', 'Local')], default='local', max_length=8, verbose_name='scope')),
                ('document_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.documenttype', verbose_name='document type')),
                ('issuing_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.issuingbody', verbose_name='issuing body')),
                ('legal_fields', modelcluster.fields.ParentalManyToManyField(blank=True, to='wagtail_pbgdpl.legalfield', verbose_name='legal fields')),
            ],
            options={
                'verbose_name': 'new legal document',
                'verbose_name_plural': 'new legal documents',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='MaterialPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('material_kind', models.CharField(choices=[('book', 'Book'), ('document', 'Document'), ('outline', 'Outline of a document'), ('leaflet', 'Leaflet'), ('billboard', 'Billboard'), ('poster', 'Poster'), ('skit', 'Skit'), ('situation', 'Legal situation'), ('story', 'Legal story'), ('handbook', 'Handbook'), ('video', 'Video'), ('lecture', 'Electronic lecture'), ('infographic', 'Infographic')], default='document', max_length=12, verbose_name='kind of material')),
                ('attachments', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='files')),
                ('audiences', modelcluster.fields.ParentalManyToManyField(blank=True, to='wagtail_pbgdpl.audience', verbose_name='audiences')),
                ('legal_fields', modelcluster.fields.ParentalManyToManyField(blank=True, to='wagtail_pbgdpl.legalfield', verbose_name='legal fields')),
            ],
            options={
                'verbose_name': 'legal education material',
                'verbose_name_plural': 'legal education materials',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.CreateModel(
            name='PartyDocumentPage',
            fields=[
                ('contentpage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtail_pbgdpl_pages.contentpage')),
                ('document_number', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='For example 17/2018/QĐ-UBND; empty for a draft.', max_length=100, verbose_name='number and symbol')),
                ('signer', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, max_length=255, verbose_name='signed by')),
                ('signer_title', wagtail_pbgdpl.core.fields.NFCCharField(blank=True, help_text='As above the signature, for example KT. CHỦ TỊCH, PHÓ CHỦ TỊCH.', max_length=255, verbose_name='title of the signer')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('expired_on', models.DateField(blank=True, null=True, verbose_name='in force until')),
                ('validity', models.CharField(blank=True, choices=[('CHL', 'In force'), ('HHL', 'No longer in force'), ('HHL1P', 'Partly no longer in force'), ('CCHL', 'Not yet in force'), ('TNHL', 'Suspended'), ('TNHL1P', 'Partly suspended'), ('KCPH', 'No longer suitable')], help_text='Only for what neither the days nor the relations say, such as that it is suspended. From these the public page tells by itself whether it is in force today.', max_length=6, verbose_name='validity')),
                ('document_abstract', wagtail_pbgdpl.core.fields.NFCTextField(blank=True, help_text='Word for word as on the document.', verbose_name='abstract of the document')),
                ('national_database_url', models.URLField(blank=True, max_length=500, verbose_name='address in the national database of legal documents')),
                ('gazette_url', models.URLField(blank=True, max_length=500, verbose_name='address in the gazette')),
                ('relations', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='What this document does to others, and others to it: both pages show it.', verbose_name='relations to other documents')),
                ('files', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, help_text='The signed original and every annex; citizens can download them.', verbose_name='files')),
                ('body', wagtail_pbgdpl.blocks.field.BlocksField(blank=True, verbose_name='body')),
                ('implementation', wagtail_pbgdpl.core.fields.NFCRichTextField(blank=True, help_text='How the document is carried out in the province.', verbose_name='implementation')),
                ('document_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.documenttype', verbose_name='document type')),
                ('issuing_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_pbgdpl.issuingbody', verbose_name='issuing body')),
                ('legal_fields', modelcluster.fields.ParentalManyToManyField(blank=True, to='wagtail_pbgdpl.legalfield', verbose_name='legal fields')),
            ],
            options={
                'verbose_name': 'document of the Party',
                'verbose_name_plural': 'documents of the Party',
            },
            bases=('wagtail_pbgdpl_pages.contentpage', models.Model),
        ),
        migrations.AddIndex(
            model_name='contentpage',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['listed_in', '-published_at', '-page_ptr'], name='pbgdpl_listing'),
        ),
        migrations.AddIndex(
            model_name='contentpage',
            index=models.Index(fields=['category', '-published_at'], name='pbgdpl_category_newest'),
        ),
        migrations.AddIndex(
            model_name='contentpage',
            index=models.Index(fields=['-published_at', '-page_ptr'], name='pbgdpl_newest'),
        ),
    ]
