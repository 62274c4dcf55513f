"""``manage.py wagtail_vi``: what the catalogue of this app lacks for the installed packages."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ... import sources


class Command(BaseCommand):
    help = "Says what of the installed Wagtail and its friends has no Vietnamese, by app."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--add", action="store_true", help="Enter what is missing, untranslated, for you."
        )
        parser.add_argument(
            "--compile", action="store_true", help="Write the .mo files that Django reads."
        )
        parser.add_argument(
            "--export", metavar="FOLDER", help="Write one .po file for each app and domain."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wanted = sources.messages()
        except ImportError as error:
            raise CommandError("This command reads catalogues: pip install polib.") from error
        if options["add"]:
            self.add(wanted)
        if options["compile"]:
            for domain in sources.DOMAINS:
                path = file_of(domain)
                sources.catalogue(path).save_as_mofile(str(path.with_suffix(".mo")))
        if options["export"]:
            self.export(Path(options["export"]))
        missing = self.report(wanted)
        if missing and not options["add"]:
            raise CommandError(f"{missing} messages have no Vietnamese.")

    def report(self, wanted: dict[sources.Key, sources.Message]) -> int:
        """Print the coverage by app; return how many messages are missing."""
        have = all_translated()
        lacking = [message for key, message in wanted.items() if key not in have]
        versions = sources.versions()
        self.stdout.write(", ".join(f"{name} {version}" for name, version in versions.items()))
        total = Counter(app for message in wanted.values() for app in message.apps)
        without = Counter(app for message in lacking for app in message.apps)
        for app in sorted(total):
            self.stdout.write(f"  {app}: {total[app] - without[app]} of {total[app]}")
        for message in lacking:
            self.stdout.write(f"  missing in {message.apps[0]}: {message.text!r}")
        share = 100 * (len(wanted) - len(lacking)) / len(wanted)
        self.stdout.write(
            f"Vietnamese: {len(wanted) - len(lacking)} of {len(wanted)}, {share:.1f} %"
        )
        return len(lacking)

    def add(self, wanted: dict[sources.Key, sources.Message]) -> None:
        import polib

        for domain in sources.DOMAINS:
            path = file_of(domain)
            found = sources.catalogue(path)
            known = {(domain, entry.msgctxt or "", entry.msgid) for entry in found}
            for key, message in wanted.items():
                if message.domain == domain and key not in known:
                    found.append(
                        polib.POEntry(
                            msgctxt=message.context or None,
                            msgid=message.text,
                            msgid_plural=message.plural,
                            msgstr_plural={0: ""} if message.plural else {},
                            occurrences=[(app, "") for app in message.apps],
                        )
                    )
            found.save(str(path))

    def export(self, folder: Path) -> None:
        """Fill the ``en`` catalogue of each app with our words, for its own translators."""
        have = all_translated()
        for app, locale in sources.locales():
            if app.startswith("django."):
                continue  # whose own Vietnamese is nearly whole, and not ours to replace
            for domain in sources.DOMAINS:
                path = locale / "en" / "LC_MESSAGES" / f"{domain}.po"
                if not path.exists():
                    continue
                made = sources.catalogue(path)
                filled = [entry for entry in made if fill(entry, domain, have)]
                if not filled:
                    continue
                made.metadata |= {"Language": "vi", "Plural-Forms": "nplurals=1; plural=0;"}
                target = folder / app / f"{domain}.po"
                target.parent.mkdir(parents=True, exist_ok=True)
                made.save(str(target))
                self.stdout.write(f"{target}: {len(filled)} of {len(made)}")


def file_of(domain: str) -> Path:
    return sources.LOCALE / "vi" / "LC_MESSAGES" / f"{domain}.po"


def all_translated() -> dict[sources.Key, Any]:
    """Return all that this app says in Vietnamese."""
    return {
        key: entry
        for domain in sources.DOMAINS
        for key, entry in sources.translated(sources.LOCALE, domain).items()
    }


def fill(entry: Any, domain: str, have: dict[sources.Key, Any]) -> bool:
    """Put our words into an entry of another catalogue; say whether we have some."""
    ours = have.get((domain, entry.msgctxt or "", entry.msgid))
    if ours is None:
        return False
    entry.msgstr, entry.msgstr_plural = ours.msgstr, ours.msgstr_plural
    return True
