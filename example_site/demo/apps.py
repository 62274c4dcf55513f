import sys

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "example_site.demo"
    label = "demo"
    verbose_name = "Nội dung trình diễn"

    def ready(self) -> None:
        from . import outside

        if sys.argv[1:2] == ["runserver"]:
            outside.start()
