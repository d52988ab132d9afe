"""Errors sorted by who must read them: author, user, platform, or ourselves."""

from __future__ import annotations

from typing import Any, ClassVar

from .text import Language, Text


class TolokError(Exception):
    """What happened, and what to do: the root of every error Tolok raises on purpose.

    `message` and `hint` are bilingual texts; `data` fills their placeholders. `code` is stable
    and may be relied on by programs.
    """

    code: ClassVar[str] = "tolok"

    def __init__(self, message: Text, hint: Text | None = None, /, **data: Any) -> None:
        self.message = message
        self.hint = hint
        self.data = data
        super().__init__(message.say("en", **data))

    def say(self, language: Language = "en") -> str:
        """Return message and hint as one paragraph in the language."""
        parts = [self.message.say(language, **self.data)]
        if self.hint is not None:
            parts.append(self.hint.say(language, **self.data))
        return " ".join(parts)


class DefinitionError(TolokError):
    """A declaration is wrong; its author must mend it before Tolok starts."""

    code = "definition"


class UserError(TolokError):
    """A person asked for something that cannot be done as asked; says what to do instead."""

    code = "user"


class SourceError(TolokError):
    """A platform or file failed us; `retry` tells whether trying again may help."""

    code = "source"

    def __init__(
        self, message: Text, hint: Text | None = None, /, *, retry: bool = False, **data: Any
    ) -> None:
        super().__init__(message, hint, **data)
        self.retry = retry


class InternalError(TolokError):
    """A promise inside Tolok was broken; the fault is ours, nothing of the user's is lost."""

    code = "internal"
