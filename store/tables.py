"""Every table, as steps that a database of any age takes in order. A step that was released stays
as it is; what changes later is a step of its own.

Times are texts as in `times`, truths 0 or 1, JSON is text.
"""

from __future__ import annotations

from typing import Final

from sqlite_utils import Database, Migrations

STEPS: Final = Migrations("kefu")


def _make(database: Database, statements: str) -> None:
    """Run statements one by one: `executescript` would end the transaction that a step runs in."""
    for statement in statements.split(";\n"):
        if statement.strip():
            database.execute(statement)


@STEPS()
def step_1_people(database: Database) -> None:
    """Who may come in, in which role, and who did what."""
    _make(database, """
CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('agent', 'team_leader', 'trainer', 'lead', 'admin')),
  password TEXT,
  active INTEGER NOT NULL DEFAULT 1,
  lang TEXT,
  made_at TEXT NOT NULL
) STRICT;
CREATE TABLE groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  made_at TEXT NOT NULL
) STRICT;
CREATE TABLE members (
  grp INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  leads INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (grp, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_person ON members (person);
CREATE TABLE links (
  hash TEXT PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  purpose TEXT NOT NULL CHECK (purpose IN ('invite', 'reset')),
  made_by INTEGER REFERENCES people ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_person ON links (person);
CREATE TABLE logins (
  hash TEXT PRIMARY KEY,
  id INTEGER NOT NULL,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('browser', 'api')),
  label TEXT,
  made_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX logins_by_person ON logins (person);
CREATE TABLE failures (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX failures_by_key ON failures (key, at);
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  person INTEGER,
  action TEXT NOT NULL,
  subject TEXT,
  detail TEXT
) STRICT;
CREATE INDEX audit_by_person ON audit (person, id)
""")  # fmt: skip


@STEPS()
def step_2_teaching(database: Database) -> None:
    """Versions of scenarios and rubrics, and what was assigned to whom.

    `contents` keeps, by hash, exactly what was played and graded by.
    """
    _make(database, """
CREATE TABLE contents (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('scenario', 'persona', 'rubric')),
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('scenario', 'persona', 'rubric')),
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  author INTEGER REFERENCES people ON DELETE SET NULL,
  at TEXT NOT NULL,
  remark TEXT,
  UNIQUE (kind, name, number)
) STRICT;
CREATE TABLE publications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL REFERENCES versions,
  person INTEGER REFERENCES people ON DELETE SET NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX publications_by_name ON publications (kind, name, id);
CREATE TABLE assignments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('practice', 'exam')),
  title TEXT NOT NULL,
  tries INTEGER CHECK (tries > 0),
  pass_mark REAL CHECK (pass_mark BETWEEN 0 AND 100),
  due_at TEXT,
  made_by INTEGER REFERENCES people ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  closed_at TEXT
) STRICT;
CREATE TABLE assigned_scenarios (
  assignment INTEGER NOT NULL REFERENCES assignments ON DELETE CASCADE,
  position INTEGER NOT NULL,
  scenario TEXT NOT NULL,
  PRIMARY KEY (assignment, position),
  UNIQUE (assignment, scenario)
) STRICT, WITHOUT ROWID;
CREATE TABLE assigned_people (
  assignment INTEGER NOT NULL REFERENCES assignments ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  PRIMARY KEY (assignment, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX assigned_people_by_person ON assigned_people (person);
CREATE TABLE assigned_groups (
  assignment INTEGER NOT NULL REFERENCES assignments ON DELETE CASCADE,
  grp INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE,
  PRIMARY KEY (assignment, grp)
) STRICT, WITHOUT ROWID
""")  # fmt: skip


@STEPS()
def step_3_practice(database: Database) -> None:
    """Conversations with scripted customers, kept turn by turn."""
    _make(database, """
CREATE TABLE shifts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  pace TEXT NOT NULL,
  seed INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  result TEXT
) STRICT;
CREATE INDEX shifts_by_person ON shifts (person);
CREATE TABLE practices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  scenario TEXT NOT NULL,
  scenario_version TEXT NOT NULL REFERENCES contents,
  persona_version TEXT NOT NULL REFERENCES contents,
  variant INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  model TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN
    ('play', 'exam', 'shift', 'watch', 'find', 'finish', 'moment', 'retry', 'trial')),
  assignment INTEGER REFERENCES assignments ON DELETE SET NULL,
  shift INTEGER REFERENCES shifts ON DELETE CASCADE,
  parent INTEGER REFERENCES practices ON DELETE SET NULL,
  parent_turns INTEGER,
  help TEXT NOT NULL DEFAULT '[]',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ended', 'given_up')),
  clock_ms INTEGER NOT NULL DEFAULT 0,
  paused_at TEXT,
  started_at TEXT NOT NULL,
  kept_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT
) STRICT;
CREATE INDEX practices_by_person ON practices (person, id);
CREATE INDEX practices_by_scenario ON practices (scenario, id);
CREATE INDEX practices_by_assignment ON practices (assignment, person);
CREATE INDEX practices_by_shift ON practices (shift);
CREATE INDEX practices_by_parent ON practices (parent);
CREATE TABLE turns (
  practice INTEGER NOT NULL REFERENCES practices ON DELETE CASCADE,
  n INTEGER NOT NULL,
  entry TEXT NOT NULL,
  PRIMARY KEY (practice, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE said (
  practice INTEGER NOT NULL REFERENCES practices ON DELETE CASCADE,
  n INTEGER NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (practice, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (
  practice INTEGER PRIMARY KEY REFERENCES practices ON DELETE CASCADE,
  text TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE TABLE flags (
  practice INTEGER NOT NULL REFERENCES practices ON DELETE CASCADE,
  message INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (practice, message)
) STRICT, WITHOUT ROWID
""")  # fmt: skip


@STEPS()
def step_4_quality(database: Database) -> None:
    """Graded conversations, practised and imported, and what people say about their scores."""
    _make(database, """
CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  names TEXT NOT NULL,
  rubric TEXT NOT NULL REFERENCES contents,
  made_by INTEGER REFERENCES people ON DELETE SET NULL,
  made_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'reading' CHECK (state IN ('reading', 'grading', 'done', 'stopped')),
  total INTEGER NOT NULL DEFAULT 0,
  graded INTEGER NOT NULL DEFAULT 0,
  faulty INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  worker TEXT,
  lease_until TEXT,
  begun_at TEXT,
  ended_at TEXT
) STRICT;
CREATE TABLE rejects (
  import INTEGER NOT NULL REFERENCES imports ON DELETE CASCADE,
  n INTEGER NOT NULL,
  file TEXT NOT NULL,
  line INTEGER,
  sheet TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (import, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  import INTEGER REFERENCES imports ON DELETE CASCADE,
  position INTEGER,
  practice INTEGER UNIQUE REFERENCES practices ON DELETE CASCADE,
  name TEXT NOT NULL,
  agent TEXT,
  lang TEXT,
  began_at TEXT,
  kept_at TEXT NOT NULL,
  transcript TEXT NOT NULL,
  fault TEXT,
  scorecard INTEGER REFERENCES scorecards ON DELETE SET NULL,
  UNIQUE (import, position)
) STRICT;
CREATE INDEX conversations_by_agent ON conversations (agent, id);
CREATE TABLE scorecards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  rubric TEXT NOT NULL REFERENCES contents,
  maker TEXT NOT NULL,
  at TEXT NOT NULL,
  overall REAL,
  passed INTEGER,
  coverage REAL NOT NULL,
  confidence REAL NOT NULL,
  review INTEGER NOT NULL,
  critical INTEGER NOT NULL,
  line TEXT NOT NULL,
  UNIQUE (conversation, rubric, maker)
) STRICT;
CREATE INDEX conversations_by_card ON conversations (scorecard);
CREATE TABLE scores (
  scorecard INTEGER NOT NULL REFERENCES scorecards ON DELETE CASCADE,
  criterion TEXT NOT NULL,
  score REAL,
  PRIMARY KEY (scorecard, criterion)
) STRICT, WITHOUT ROWID;
CREATE TABLE overrides (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scorecard INTEGER NOT NULL REFERENCES scorecards ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('criterion', 'critical')),
  what TEXT NOT NULL,
  score REAL CHECK (score BETWEEN 0 AND 100),
  stands INTEGER,
  reason TEXT NOT NULL,
  person INTEGER REFERENCES people ON DELETE SET NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX overrides_by_card ON overrides (scorecard, id);
CREATE TABLE own_views (
  practice INTEGER PRIMARY KEY REFERENCES practices ON DELETE CASCADE,
  rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
  weakest TEXT,
  message INTEGER,
  at TEXT NOT NULL
) STRICT;
CREATE TABLE questions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  scorecard INTEGER NOT NULL REFERENCES scorecards ON DELETE CASCADE,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  criterion TEXT,
  message INTEGER,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  answer TEXT,
  answered_by INTEGER REFERENCES people ON DELETE SET NULL,
  answered_at TEXT,
  seen_at TEXT
) STRICT;
CREATE INDEX questions_by_person ON questions (person, id);
CREATE INDEX questions_by_card ON questions (scorecard);
CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
  message INTEGER,
  text TEXT NOT NULL,
  author INTEGER REFERENCES people ON DELETE SET NULL,
  at TEXT NOT NULL,
  seen_at TEXT
) STRICT;
CREATE INDEX notes_by_conversation ON notes (conversation)
""")  # fmt: skip


@STEPS()
def step_5_ladder(database: Database) -> None:
    """What was watched and which faults were found, and people's own quick phrases."""
    _make(database, """
CREATE TABLE lessons (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  scenario TEXT NOT NULL,
  variant INTEGER NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('watch', 'find')),
  at TEXT NOT NULL,
  hits INTEGER,
  misses INTEGER,
  extra INTEGER
) STRICT;
CREATE INDEX lessons_by_person ON lessons (person, scenario);
CREATE TABLE phrases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  lang TEXT NOT NULL CHECK (lang IN ('zh', 'zh-Hant', 'en')),
  text TEXT NOT NULL
) STRICT;
CREATE INDEX phrases_by_person ON phrases (person, lang)
""")  # fmt: skip


@STEPS()
def step_6_shifts(database: Database) -> None:
    """Who comes when in a shift, and its own clock."""
    _make(database, """
ALTER TABLE shifts ADD COLUMN plan TEXT NOT NULL DEFAULT '[]';
ALTER TABLE shifts ADD COLUMN clock_ms INTEGER NOT NULL DEFAULT 0
""")  # fmt: skip


@STEPS()
def step_7_moments(database: Database) -> None:
    """Rounds of hard moments, and each reply that was written to one."""
    _make(database, """
CREATE TABLE moment_rounds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  day TEXT NOT NULL,
  spots TEXT NOT NULL,
  place INTEGER NOT NULL DEFAULT 0,
  clock_ms INTEGER NOT NULL DEFAULT 0,
  started_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX moment_rounds_by_person ON moment_rounds (person, id);
CREATE TABLE moment_answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  round INTEGER NOT NULL REFERENCES moment_rounds ON DELETE CASCADE,
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  result TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX moment_answers_by_round ON moment_answers (round, place)
""")  # fmt: skip


@STEPS()
def step_8_quality_work(database: Database) -> None:
    """Imports that a worker reads from files in the data folder; cards as they count by now.

    `spool` says which files and how, until they are read. `now_*` hold what a card says with
    people's words on it, where `by_hand` is true.
    """
    _make(database, """
ALTER TABLE imports ADD COLUMN spool TEXT;
ALTER TABLE imports ADD COLUMN fault TEXT;
ALTER TABLE imports ADD COLUMN begun_with INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scorecards ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE scorecards ADD COLUMN now_overall REAL;
ALTER TABLE scorecards ADD COLUMN now_passed INTEGER;
ALTER TABLE scorecards ADD COLUMN now_critical INTEGER
""")  # fmt: skip


@STEPS()
def step_9_studio(database: Database) -> None:
    """What trainers have begun to write, and what came of checking a text, by its hash."""
    _make(database, """
CREATE TABLE beginnings (
  kind TEXT NOT NULL CHECK (kind IN ('scenario', 'persona', 'rubric')),
  name TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
  text TEXT NOT NULL,
  basis INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (kind, name, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX beginnings_by_person ON beginnings (person);
CREATE TABLE proofs (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  result TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX proofs_by_name ON proofs (kind, name)
""")  # fmt: skip


@STEPS()
def step_10_demo(database: Database) -> None:
    """The mark of a database of invented people, one row, and the password that they share."""
    _make(database, """
CREATE TABLE demo (id INTEGER PRIMARY KEY CHECK (id = 1), seed INTEGER NOT NULL,
  password TEXT NOT NULL, begun_at TEXT NOT NULL, filled_at TEXT) STRICT
""")  # fmt: skip
