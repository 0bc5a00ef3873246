"""The command: one file a group of commands, settings and logging. All else stands below it."""
