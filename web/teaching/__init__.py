"""The trainer's plain pages at /teach: library, versions, health, assignments, board, talks, exams.

door (who may come in, the frame) ← library, orders, board, talk, exams ← routes.
"""
