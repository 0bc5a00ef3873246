"""The command: one file a group of commands, settings and logging. Everything else stands below it."""
