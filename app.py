#!/usr/bin/env python3
"""Starts the web app: `python app.py` is `kefu serve`, with the same options."""

import sys

from kefu.__main__ import main

if __name__ == "__main__":
    sys.argv[1:] = ["serve", *sys.argv[1:]]
    main()
