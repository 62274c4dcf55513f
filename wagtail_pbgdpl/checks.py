"""System checks: a wrong configuration is explained, never a traceback."""
