from django.db import migrations

TOKENS = "wagtail_pbgdpl_search_tokens"
SEARCH = "wagtail_pbgdpl_search"

# The costs by which PostgreSQL goes by the index make it compile such questions, which takes
# longer than to answer them; and of what nearly all entries have it would read each set of tokens.
POSTGRES = (
    f"CREATE FUNCTION {SEARCH}_newest(asked tsquery[], most integer, enough integer) "
    "RETURNS TABLE (tier integer, key bigint) LANGUAGE plpgsql STABLE ROWS 30 SET jit = off AS $$ "
    "DECLARE known bigint[] := '{}'; "
    "BEGIN "
    "FOR place IN 1 .. cardinality(asked) LOOP tier := place; "
    f"FOR key IN EXECUTE 'SELECT key FROM {TOKENS} WHERE {SEARCH}(tokens) @@ $1 "
    "ORDER BY key DESC LIMIT $2' USING asked[place], most LOOP "
    "known := known || key; RETURN NEXT; END LOOP; "
    "EXIT WHEN (SELECT count(DISTINCT one) FROM unnest(known) AS one) >= enough; "
    "END LOOP; "
    "END $$",
    f"CREATE FUNCTION {SEARCH}_counts(asked tsquery, most integer) "
    "RETURNS TABLE (facets varchar, documents bigint) LANGUAGE plpgsql STABLE "
    "SET jit = off SET enable_seqscan = off SET enable_sort = off AS $$ "
    "BEGIN RETURN QUERY SELECT found.facets, count(*) FROM "
    f"(SELECT own.facets FROM {TOKENS} AS own WHERE {SEARCH}(own.tokens) @@ asked LIMIT most) "
    "AS found GROUP BY found.facets; "
    "END $$",
)


def make_functions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRES:
            schema_editor.execute(statement)


def drop_functions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {SEARCH}_newest(tsquery[], integer, integer)")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {SEARCH}_counts(tsquery, integer)")


class Migration(migrations.Migration):

    dependencies = [
        ("wagtail_pbgdpl", "0036_alike_counts"),
    ]

    operations = [
        migrations.RunPython(make_functions, drop_functions),
    ]
