"""The web app: pages for trainees, trainers and quality leads.

text, theme ← services, sessions ← pages (what an area is) ← areas ← server (mounts, gates, plain
pages). Handlers are plain functions: they parse, call one function of the store or a pure room, and
render. Settings are passed in by the command; only areas import gradio, after the server is up.
"""
