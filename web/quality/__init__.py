"""The QA lead's pages: real conversations imported, looked through, corrected, taken along."""
