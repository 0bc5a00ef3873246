"""The interface for programs, at /api/v1: tokens of people, with the roles of the pages."""
