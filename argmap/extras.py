"""Optional dependencies: imported where they are used, with a plain word where they are missing."""

from __future__ import annotations

import importlib
import importlib.util
from types import ModuleType


class MissingExtra(ImportError):  # noqa: N818 - it names what is missing
    """Raised where a module of an extra is not installed.

    Attributes
    ----------
    module : str
        The module that was wanted.
    extra : str
        The extra of argmap that brings it.
    remedy : str
        What to type to install it.

    Examples
    --------
    >>> print(argmap.MissingExtra("pandas", "pandas").remedy)
    Install it with: pip install 'argmap[pandas]'
    """

    def __init__(self, module: str, extra: str) -> None:
        self.module = module
        self.extra = extra
        self.remedy = f"Install it with: pip install 'argmap[{extra}]'"
        super().__init__(
            f"this needs {module!r}, which comes with the extra {extra!r}. {self.remedy}",
            name=module,
        )


def require(module: str, extra: str) -> ModuleType:
    """Import and return a module that belongs to an extra.

    Raises :class:`MissingExtra` where the module is not installed; an error inside an installed
    module is passed on as it is.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        if error.name is None or error.name.partition(".")[0] != package:
            raise
        raise MissingExtra(module, extra) from error


def is_installed(module: str) -> bool:
    """Say whether a module could be imported; nothing is."""
    return importlib.util.find_spec(module) is not None
