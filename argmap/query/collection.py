"""Collections of records that filter, sort, group, count, and become tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import msgspec

from argmap.exports.tables import COLUMNS, tabulate_record
from argmap.model import (
    Citation,
    Claim,
    Dispute,
    Holder,
    Position,
    Record,
    Relation,
    School,
    Text,
    Work,
)
from argmap.query.conditions import accepts, name_record, resolve
from argmap.query.names import UnknownName, fold
from argmap.query.tables import Table

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from argmap.query.review import Review

T = TypeVar("T", bound=Record)

_KINDS: Mapping[type, str] = {
    Work: "works",
    Holder: "holders",
    Text: "texts",
    Claim: "claims",
    Position: "positions",
    Relation: "relations",
    Citation: "citations",
    Dispute: "disputes",
    School: "schools",
}
_EXTRA = {"claims": ("holder", "stance", "work", "dispute")}
"""What a filter may ask of a record beside its columns: see :meth:`Collection.filter`."""


class Collection(Sequence[T], Generic[T]):
    """Records that can be filtered, sorted, grouped, counted, and become tables.

    A sequence: it has a length and is iterated, indexed and sliced like a tuple, and equals a tuple
    or list of the same records.  Every method returns a new collection.  Collections of one review
    compose with ``|``, ``&`` and ``-``.

    Examples
    --------
    >>> core = review.claims.filter(weight="core")
    >>> normative = review.claims.filter(kind="normative", topic="worth-of-alliances")
    >>> (core & normative)[0].id
    'bogdanov2019/alliances-archaic'
    >>> core - normative == [claim for claim in core if claim not in normative]
    True
    """

    __slots__ = ("_records", "_review", "_type")

    def __init__(
        self, records: Iterable[T], record_type: type[T], review: Review | None = None
    ) -> None:
        self._records = tuple(records)
        self._type = record_type
        self._review = review

    # As a sequence

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[T]:
        return iter(self._records)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Collection[T]: ...
    def __getitem__(self, place: int | slice) -> T | Collection[T]:
        if isinstance(place, slice):
            return self._remake(self._records[place])
        return self._records[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Collection):
            return self._records == other._records
        if isinstance(other, tuple | list):
            return self._records == tuple(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __or__(self, other: Iterable[T]) -> Collection[T]:
        more = tuple(other)
        mine = _Members(self._records)
        return self._remake((*self._records, *(each for each in more if each not in mine)))

    def __and__(self, other: Iterable[T]) -> Collection[T]:
        theirs = _Members(other)
        return self._remake(each for each in self._records if each in theirs)

    def __sub__(self, other: Iterable[T]) -> Collection[T]:
        theirs = _Members(other)
        return self._remake(each for each in self._records if each not in theirs)

    def __repr__(self) -> str:
        from argmap.query.telling import tell_record

        name = _KINDS.get(self._type, self._type.__name__.lower() + "s")
        lines = [f"<{len(self._records):,} {name if len(self) != 1 else name.removesuffix('s')}>"]
        lines += [f"  {tell_record(record)}" for record in self._records[:10]]
        if len(self._records) > 10:
            lines.append(f"  … and {len(self._records) - 10:,} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from argmap.query.tables import SHOWN, write_html
        from argmap.query.telling import choose_columns

        columns = choose_columns(self._type, self.columns)
        rows = [[row[name] for name in columns] for row in map(self._row, self._records[:SHOWN])]
        table = write_html(columns, rows)
        more = len(self._records) - len(rows)
        return table + (f"\n<p>… and {more:,} more</p>" if more > 0 else "")

    # Asking

    def filter(
        self, predicate: Callable[[T], object] | None = None, /, **wanted: Any
    ) -> Collection[T]:
        """Return the records that a predicate accepts and whose fields are as wanted.

        Fields are the columns of :meth:`frame` and the attributes of the records.  A value is
        matched as it is; a list, tuple or set of values by any of them; a function by whether it
        accepts the field; a field that is a list by whether it contains the value.  Works, holders
        and claims may be named as everywhere: bare key, slug, or in full.  Claims can also be asked
        for by ``holder`` (who asserts, endorses or disputes them), ``stance`` (somebody's, or that
        holder's), ``work`` (cited for them) and ``dispute`` (its focal claim).

        Raises
        ------
        UnknownName
            Where there is no such field, or nothing of that name in the whole review.

        Examples
        --------
        >>> len(review.claims.filter(topic="legitimacy", kind=["causal", "normative"]))
        13
        >>> recent = review.works.filter(lambda work: "War" in work.title, year=range(2001, 2020))
        >>> recent[0].key
        'defranco2012'
        >>> review.claims.filter(holder="weitsman2013", stance="asserts").values("page")
        ['660', '661']
        >>> review.claims.filter(topic="legitimcy")
        Traceback (most recent call last):
        argmap.query.names.UnknownName: argmap: error: no topic 'legitimcy' [topic-unknown]
            Did you mean 'legitimacy'?
        """
        chosen = self._records
        literature = self._review.literature if self._review is not None else None
        # A stance is that of the holder asked for, where one is.
        if self._type is Claim and self._review is not None and "stance" in wanted:
            stances = resolve(literature, "stance", wanted.pop("stance"))
            holders = resolve(literature, "holder", wanted.pop("holder", None))
            standing = {
                position.claim
                for position in self._review.positions
                if accepts(stances, position.stance)
                and (holders is None or accepts(holders, position.holder))
            }
            chosen = tuple(each for each in chosen if each.id in standing)  # type: ignore[attr-defined]
        for name, value in wanted.items():
            self._check_field(name)
            value = resolve(literature, name, value)
            chosen = tuple(each for each in chosen if accepts(value, self._look(each, name)))
        if predicate is not None:
            chosen = tuple(filter(predicate, chosen))
        return self._remake(chosen)

    def search(self, *words: str) -> Collection[T]:
        """Return the records in whose text all words occur, whatever their case and accents.

        The text of a record is its statement, title, name, reason, authors and id.

        >>> [claim.id for claim in review.claims.search("2003", "iraq", "security council")]
        ['rynningschmitt2018/iraq-multinational-not-multilateral']
        """
        wanted = [fold(word) for word in words]
        chosen = (
            record
            for record in self._records
            if all(word in text for text in [_text_of(record)] for word in wanted)
        )
        return self._remake(chosen)

    def sort_by(self, *fields: str | Callable[[T], Any], reverse: bool = False) -> Collection[T]:
        """Return the records sorted by fields or functions; what is unknown comes last.

        >>> review.works.sort_by("year")[0].key
        'unitednations1945'
        """
        chosen = list(self._records)
        for field in reversed(fields):
            look = self._looker(field)
            known = [each for each in chosen if look(each) not in (None, "")]
            unknown = [each for each in chosen if look(each) in (None, "")]
            chosen = sorted(known, key=look, reverse=reverse) + unknown
        return self._remake(chosen)

    def group_by(self, field: str | Callable[[T], Any]) -> dict[Any, Collection[T]]:
        """Return the collections of records that share a value, in the order of first sight.

        A record whose field is a list stands in the group of each value in it.

        >>> {stance: len(group) for stance, group in review.positions.group_by("stance").items()}
        {'asserts': 403, 'reports': 78, 'disputes': 14, 'endorses': 18}
        """
        groups: dict[Any, list[T]] = {}
        look = self._looker(field)
        for record in self._records:
            value = look(record)
            for each in value if isinstance(value, list | tuple) else [value]:
                groups.setdefault(each, []).append(record)
        return {value: self._remake(records) for value, records in groups.items()}

    def count_by(self, field: str | Callable[[T], Any]) -> dict[Any, int]:
        """Return how many records have each value, the most frequent first, then by the value.

        >>> review.relations.count_by("type")["contests"]
        34
        """
        counts = {value: len(group) for value, group in self.group_by(field).items()}
        return dict(sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))

    def values(self, field: str | Callable[[T], Any]) -> list[Any]:
        """Return the distinct values of a field, in the order of first sight.

        >>> review.relations.values("basis")
        ['implicit', 'analyst', 'explicit']
        """
        return list(self.group_by(field))

    def get(self, name: str) -> T:
        """Return the one record of that id, key or slug.

        Raises :class:`UnknownName` with candidates where there is none, or several.

        >>> review.claims.get("legitimacy-by-mass").anchor.page
        '662'
        """
        named = {name_record(record): record for record in self._records}
        for candidate in (name, f"@{name}", f"actor:{name}", f"group:{name}"):
            if candidate in named:
                return named[candidate]
        slugs = [each for each in named if each.rpartition("/")[2] == name]
        kind = _KINDS.get(self._type, "records").removesuffix("s")
        if len(slugs) == 1:
            return named[slugs[0]]
        if slugs:
            raise UnknownName(kind, name, slugs, ambiguous=True)
        from argmap.diagnostics import suggest

        slugs_of = {each.rpartition("/")[2].lstrip("@"): each for each in named}
        near = [*suggest(name, named), *(slugs_of[each] for each in suggest(name, slugs_of))]
        raise UnknownName(kind, name, dict.fromkeys(near))

    # Becoming something else

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of :meth:`table` and :meth:`frame`.

        >>> review.texts.columns
        ('key', 'source', 'survey', 'first_page', 'sha256', 'length')
        """
        kind = _KINDS.get(self._type)
        if kind is not None:
            return COLUMNS[kind]
        return tuple(self._type.__struct_fields__)

    def table(self, *columns: str) -> Table:
        """Return the records as a :class:`Table`, of all columns or of those named.

        >>> review.claims.filter(text="bogdanov2019").sort_by("page").table("page").rows[0]
        ('133',)
        """
        for name in columns:
            self._check_field(name)
        chosen = columns or self.columns
        if columns and not set(columns) <= set(self.columns):
            rows = [[self._look(record, name) for name in chosen] for record in self._records]
        else:
            rows = [[row[name] for name in chosen] for row in map(self._row, self._records)]
        return Table(chosen, rows)

    def records(self) -> list[dict[str, Any]]:
        """Return the records as a list of flat dicts, those of ``argmap export json``.

        >>> review.holders.get("actor:nato").name
        'NATO'
        >>> review.holders.filter(kind="actor").records()[0]["id"]
        'actor:boutros-ghali'
        """
        return self.table().records()

    def frame(self, *columns: str) -> pandas.DataFrame:
        """Return a pandas DataFrame, of all columns or of those named; needs the extra ``pandas``.

        The columns and their types are those of :meth:`Table.frame`; claims have their status and
        sides.

        >>> frame = review.claims.frame("topic", "status")
        >>> int((frame["status"] == "disputed").sum())
        47
        """
        return self.table(*columns).frame()

    def arrow(self, *columns: str) -> pyarrow.Table:
        """Return an Arrow table, for Polars, DuckDB and others; needs the extra ``parquet``.

        >>> import polars
        >>> frame = polars.from_arrow(review.positions.arrow())
        >>> frame.filter(polars.col("stance") == "disputes").height
        14
        """
        return self.table(*columns).arrow()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.arrow().__arrow_c_stream__(requested_schema)

    def markdown(self, *columns: str, limit: int | None = None) -> str:
        """Return a pipe table of Markdown, of all columns or of those named.

        >>> print(review.texts.markdown("key"))
        | key |
        | --- |
        | bogdanov2019 |
        | rynningschmitt2018 |
        """
        return self.table(*columns).markdown(limit)

    # Inside

    def _remake(self, records: Iterable[T]) -> Collection[T]:
        return Collection(records, self._type, self._review)

    def __reduce__(self) -> tuple[object, ...]:
        return Collection, (self._records, self._type, self._review)

    def _row(self, record: T) -> dict[str, Any]:
        if self._type in _KINDS:
            standing = None
            if self._review is not None and isinstance(record, Claim):
                standing = self._review.standings().get(record.id)
            return tabulate_record(record, standing)
        return msgspec.structs.asdict(record)

    def _check_field(self, name: str) -> None:
        known = {
            *self.columns,
            *self._type.__struct_fields__,
            *_EXTRA.get(_KINDS.get(self._type, ""), ()),
        }
        if name not in known:
            from argmap.diagnostics import suggest

            raise UnknownName("field", name, suggest(name, known) or self.columns)

    def _looker(self, field: str | Callable[[T], Any]) -> Callable[[T], Any]:
        if callable(field):
            return field
        self._check_field(field)
        return lambda record: self._look(record, field)

    def _look(self, record: T, name: str) -> Any:
        if name in self.columns:
            if name in self._type.__struct_fields__:
                value = getattr(record, name)
                if isinstance(value, str | bool | int | float) or value is None:
                    return value
            return self._row(record)[name]
        if name in self._type.__struct_fields__:
            return getattr(record, name)
        assert self._review is not None
        return self._review.look_up_claim(record.id, name)  # type: ignore[attr-defined]


def _text_of(record: Any) -> str:
    names = ("id", "key", "focal", "claim", "holder", "work", "name", "statement", "title", "how")
    parts = [getattr(record, name, "") or "" for name in (*names, "because")]
    parts += [str(person) for person in getattr(record, "authors", ())]
    parts[0] = parts[0].replace("-", " ")
    return fold(" ".join(parts))


class _Members:
    """A set of records, some of which have fields that cannot be hashed."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._hashed: set[Hashable] = set()
        self._others: list[Record] = []
        for record in records:
            try:
                self._hashed.add(record)
            except TypeError:
                self._others.append(record)

    def __contains__(self, record: Record) -> bool:
        try:
            return record in self._hashed
        except TypeError:
            return record in self._others
