"""Bigger models, for teams that have them: the extra `neural`.

`sentence` puts a sentence-transformers model behind the encoder protocol; `module` offers the
embedded encoder to that library; `head` fine-tunes and uses a transformers classifier as a head.
Nothing here is imported by the base install, and no module needs torch before it is used.
"""
