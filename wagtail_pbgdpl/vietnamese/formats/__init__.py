"""For ``FORMAT_MODULE_PATH``: one folder for each language, as Django asks."""
