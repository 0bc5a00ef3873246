"""Rubrics by name and path, and what the shipped ones hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubrics.load import known_rubrics, load_rubric
from rubrics.schema import Rubric, SequenceSpec
from transcripts.errors import InvalidFile, UnreadableInput

SHIPPED = ("care", "complaint", "general", "order_change", "presale")
IDS = ["empathy", "accuracy", "order", "timeliness", "resolution", "conduct"]

OWN = """\
format: 1
id: complaint
name: {zh: 本店投诉, en: Our complaints}
description: {zh: 本店, en: Ours}
criteria:
  conduct:
    kind: conduct
    weight: 1
    name: {zh: 规范, en: Conduct}
    description: {zh: 规范, en: Conduct}
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_the_library(name: str) -> None:
    rubric = load_rubric(name)
    assert rubric.id == name
    assert list(rubric.criteria) == IDS
    assert sum(spec.weight for spec in rubric.criteria.values()) == pytest.approx(1)
    for spec in rubric.criteria.values():
        # a sequence has the rubric's own advice; all have one for what no sentence shows
        assert spec.advice is not None
        assert "客户" not in spec.name.zh
    assert {gate.cap for gate in rubric.applied_gates} == {39, 59}


def test_general_knows_every_kind_of_contact_with_stages() -> None:
    order = load_rubric("general").criteria["order"]
    assert isinstance(order, SequenceSpec)
    contacts = [c for o in order.orders if o.applies for c in o.applies.contact]
    assert contacts == ["complaint", "presale", "order_change", "care"]
    own = {"complaint": 0, "presale": 1, "order_change": 2, "care": 3}
    for name, place in own.items():
        single = load_rubric(name).criteria["order"]
        assert isinstance(single, SequenceSpec)
        assert single.orders[0].stages == order.orders[place].stages


def test_own_folders_come_first(tmp_path: Path) -> None:
    (tmp_path / "complaint.yaml").write_text(OWN, encoding="utf-8")
    assert load_rubric("complaint", [tmp_path]).name.en == "Our complaints"
    assert load_rubric("presale", [tmp_path]).id == "presale"
    assert known_rubrics([tmp_path])["complaint"].parent == tmp_path
    assert load_rubric("complaint").name.en != "Our complaints"


def test_a_path_and_a_changed_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(OWN, encoding="utf-8")
    first = load_rubric(str(path))
    assert load_rubric(path) is first
    path.write_text(OWN.replace("本店投诉", "本店投诉处理"), encoding="utf-8")
    assert load_rubric(path).version != first.version


def test_unknown_names_and_broken_files(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no rubric 'complant'; did you mean 'complaint'"):
        load_rubric("complant")
    with pytest.raises(UnreadableInput, match=r"there are: care, complaint, general"):
        load_rubric("zzz")
    with pytest.raises(UnreadableInput, match=r"none\.yaml: cannot be read"):
        load_rubric(tmp_path / "none.yaml")
    path = tmp_path / "bad.yaml"
    path.write_text(OWN.replace("weight: 1", "wight: 1"), encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"bad\.yaml:8: unknown key 'wight'"):
        load_rubric(path)


def test_rubrics_can_be_sent_to_workers() -> None:
    import pickle

    rubric = load_rubric("general")
    again = pickle.loads(pickle.dumps(rubric))
    assert isinstance(again, Rubric)
    assert again.version == rubric.version
