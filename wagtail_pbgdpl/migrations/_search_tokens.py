"""The tables of tokens, which are others on each database."""

TOKENS = "wagtail_pbgdpl_search_tokens"
INDEX = "wagtail_pbgdpl_search_index"
FACETS = "wagtail_pbgdpl_search_facets"

# What PostgreSQL asks of each row costs much in its plans, so that it goes by the index.
POSTGRES = (
    "CREATE FUNCTION wagtail_pbgdpl_search(tsvector) RETURNS tsvector LANGUAGE plpgsql "
    "IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$ BEGIN RETURN $1; END $$",
    f"CREATE TABLE {TOKENS} (key bigint PRIMARY KEY, facets varchar(400) NOT NULL, "
    "tokens tsvector NOT NULL) WITH (toast_tuple_target = 128)",
    f"CREATE INDEX {INDEX} ON {TOKENS} USING gin (wagtail_pbgdpl_search(tokens)) "
    "WITH (fastupdate = off)",
)
SQLITE = (
    f"CREATE TABLE {TOKENS} (key integer PRIMARY KEY, tokens text NOT NULL)",
    f"CREATE TABLE {FACETS} (key integer PRIMARY KEY, facets varchar(400) NOT NULL)",
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(tokens, content='{TOKENS}', content_rowid='key', "
    "detail=none, columnsize=0, tokenize=\"ascii tokenchars '._'\")",
)


def make_tokens(apps, schema_editor):
    statements = {"postgresql": POSTGRES, "sqlite": SQLITE}.get(schema_editor.connection.vendor, ())
    for statement in statements:
        schema_editor.execute(statement)


def drop_tokens(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TABLE IF EXISTS {INDEX}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {FACETS}")
    schema_editor.execute(f"DROP TABLE IF EXISTS {TOKENS}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS wagtail_pbgdpl_search(tsvector)")
