#!/usr/bin/env python3
"""Starts the web app: `python app.py` is `kefu serve` with its defaults."""

from kefu.serve import serve

if __name__ == "__main__":
    serve()
