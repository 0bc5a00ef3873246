"""`kefu user`: accounts from the shell."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kefu.data import DataOption, data_folder, now

if TYPE_CHECKING:
    from store.database import Store
    from store.links import Purpose
    from store.people import Person


class RoleName(StrEnum):
    """The roles, for the command line."""

    agent = "agent"
    team_leader = "team_leader"
    trainer = "trainer"
    lead = "lead"
    admin = "admin"


user = typer.Typer(
    name="user", help="Accounts: add, invite, change and remove people.", no_args_is_help=True
)
_Login = Annotated[str, typer.Argument(help="Login name.")]


@user.command()
def add(
    login: _Login,
    name: Annotated[str, typer.Option("--name", help="Name that others see.")] = "",
    role: Annotated[RoleName, typer.Option("--role", help="What they may do.")] = RoleName.agent,
    data: DataOption = None,
) -> None:
    """Add somebody and print the link by which they choose a password."""
    from store.audit import note_deed
    from store.people import add_person

    with data_folder({"data": data}) as (_, store):
        person = add_person(store, login, name, role.value, now())
        note_deed(store, None, "user.add", _subject(person), now(), role=role.value)
        _print_link(store, person, "invite")


@user.command("list")
def list_people(data: DataOption = None) -> None:
    """Everybody with an account: login, name, role and state."""
    from store.people import people

    with data_folder({"data": data}) as (_, store):
        found = people(store)
    if not found:
        typer.echo("Nobody yet: kefu user add LOGIN --role admin", err=True)
    for person in found:
        state = "invited" if not person.ready else "active"
        state = state if person.active else "shut out"
        typer.echo("\t".join((person.login, person.name, person.role, state)))


@user.command()
def role(
    login: _Login,
    role: Annotated[RoleName, typer.Argument(help="The new role.")],
    data: DataOption = None,
) -> None:
    """Give somebody another role."""
    from store.audit import note_deed
    from store.people import named, set_role

    with data_folder({"data": data}) as (_, store):
        person = named(store, login)
        set_role(store, person.id, role.value)
        note_deed(store, None, "user.role", _subject(person), now(), role=role.value)


@user.command()
def disable(
    login: _Login,
    undo: Annotated[bool, typer.Option("--undo", help="Let them in again.")] = False,
    data: DataOption = None,
) -> None:
    """Shut somebody out at once; what they did stays."""
    from store.audit import note_deed
    from store.people import named, set_active

    with data_folder({"data": data}) as (_, store):
        person = named(store, login)
        set_active(store, person.id, undo)
        note_deed(store, None, "user.enable" if undo else "user.disable", _subject(person), now())


@user.command()
def invite(login: _Login, data: DataOption = None) -> None:
    """Print a new link by which somebody chooses their first password."""
    _link(login, "invite", data)


@user.command()
def reset(login: _Login, data: DataOption = None) -> None:
    """Print a link by which somebody chooses another password, within two hours."""
    _link(login, "reset", data)


@user.command()
def forget(
    login: _Login,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: DataOption = None,
) -> None:
    """Delete somebody with everything they practised. Older backups still hold it."""
    from store.audit import note_deed
    from store.people import named
    from store.retention import forget_person

    with data_folder({"data": data}) as (_, store):
        person = named(store, login)
        if not yes:
            typer.confirm(f"Delete {person.login} ({person.name}) for good?", abort=True)
        gone = forget_person(store, person.id, now())
        note_deed(store, None, "user.forget", _subject(person), now(), practices=gone)
    typer.echo(f"{gone} conversations deleted.", err=True)


def _subject(person: Person) -> str:
    """By number: a name would outlive the account in the log."""
    return f"person {person.id}"


def _link(login: str, purpose: Purpose, data: DataOption) -> None:
    from store.audit import note_deed
    from store.people import named

    with data_folder({"data": data}) as (_, store):
        person = named(store, login)
        note_deed(store, None, f"user.{purpose}", _subject(person), now())
        _print_link(store, person, purpose)


def _print_link(store: Store, person: Person, purpose: Purpose) -> None:
    from store.links import LASTS, make_link
    from web.links import LINK, new_token

    token = new_token()
    make_link(store, person.id, purpose, token, None, now())
    hours = round(LASTS[purpose].total_seconds() / 3600)
    typer.echo(LINK.format(token=token))
    typer.echo(
        f"{person.login} opens this behind the address of the web app, once, within {hours} h.",
        err=True,
    )
