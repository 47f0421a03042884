"""Options that all commands share."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Settings(NamedTuple):
    """What the common options say."""

    corpus: Path
    bibliography: Path
    texts: Path | None
    store: str | None
    as_json: bool
    with_analyst: bool
    topic: str | None


def share_options(command: Command) -> Command:
    """Add the common options and hand them to the command as its first argument."""

    @click.option(
        "--corpus",
        type=click.Path(path_type=Path),
        default=Path("corpus"),
        metavar="DIR",
        help="Folder of the corpus (default: corpus).",
    )
    @click.option(
        "--bib",
        type=click.Path(path_type=Path),
        default=Path("references.bib"),
        metavar="FILE",
        help="Bibliography (default: references.bib).",
    )
    @click.option(
        "--texts",
        type=click.Path(path_type=Path),
        default=None,
        metavar="DIR",
        help="Folder of your copies of the texts (default: $ARGMAP_TEXTS, else texts).",
    )
    @click.option(
        "--store",
        default=None,
        metavar="DIR|URL",
        help="A stored graph: build and import write DIR, others read it, or ask a server.",
    )
    @click.option("--json", "as_json", is_flag=True, help="Machine-readable result on stdout.")
    @click.option(
        "--with",
        "layers",
        type=click.Choice(["analyst"]),
        multiple=True,
        help="Count relations drawn by the analyst as well.",
    )
    @click.option(
        "--topic",
        default=None,
        metavar="T",
        help="Only this topic, in lists, disputes and schools.",
    )
    @functools.wraps(command)
    def run(
        corpus: Path,
        bib: Path,
        texts: Path | None,
        store: str | None,
        as_json: bool,
        layers: tuple[str, ...],
        topic: str | None,
        **rest: Any,
    ) -> Any:
        settings = Settings(
            corpus=corpus,
            bibliography=bib,
            texts=find_texts(texts),
            store=store,
            as_json=as_json,
            with_analyst="analyst" in layers,
            topic=topic,
        )
        return command(settings, **rest)

    return run  # type: ignore[return-value]


def write_to_file(command: Command) -> Command:
    """Add ``-o FILE`` to a command that otherwise writes to standard output."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        metavar="FILE",
        help="Write to a file (default: standard output).",
    )(command)


def write_to_folder(folder: str, what: str) -> Callable[[Command], Command]:
    """Return what adds ``-o DIR`` to a command, with the folder that it otherwise writes into."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=Path(folder),
        metavar="DIR",
        help=f"{what} (default: {folder}).",
    )


def find_texts(given: Path | None) -> Path | None:
    """Return the folder of texts: as given, else from the environment, else ``texts`` if it is."""
    if given is not None:
        return given
    named = os.environ.get("ARGMAP_TEXTS", "")
    if named:
        return Path(named)
    return Path("texts") if Path("texts").is_dir() else None
