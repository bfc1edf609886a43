"""The interview with keys on a terminal: prompt_toolkit draws the screen and hears the keys."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.styles import Style

from it4it_assess.collect.desk import (
    ALIASES,
    Desk,
    dropped,
    entered,
    pressed,
    prompt,
    takes_a_line,
)
from it4it_assess.collect.screen import screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from it4it_assess.collect.conversation import Conversation
    from it4it_assess.collect.sitting import Sitting

STYLE = Style.from_dict(
    {
        "place": "reverse bold",
        "bar": "ansicyan",
        "ask": "bold",
        "key": "bold ansicyan",
        "chosen": "bold ansigreen",
        "dim": "ansibrightblack",
        "panel": "",
        "message": "ansiyellow",
        "remark": "ansigreen",
    }
)


def interview(talk: Conversation, sitting: Sitting) -> Sitting:
    """Ask with one key an answer until the questions or the patience are at an end.

    Raises KeyboardInterrupt where it is broken off; everything answered is kept by then.
    """
    return _Table(talk, Desk(sitting)).run()


class _Table:
    """Holds the desk between two keys; everything it does is done by the desk's functions."""

    def __init__(self, talk: Conversation, desk: Desk) -> None:
        self.talk = talk
        self.desk = desk
        self.typed = Buffer(multiline=False)
        self.app: Application[None] = Application(
            layout=self._layout(),
            key_bindings=self._keys(),
            style=STYLE,
            full_screen=True,
            mouse_support=False,
        )

    def run(self) -> Sitting:
        """Show the screen until the end, and leave the terminal as it was."""
        if not self.desk.over:
            self.app.run(handle_sigint=False, pre_run=self._hear_hang_up)
        return self.desk.sitting

    def _hear_hang_up(self) -> None:
        """Leave in good order where the terminal is closed or the process told to end."""
        loop = self.app.loop
        for name in ("SIGHUP", "SIGTERM"):
            if loop is not None and hasattr(signal, name):  # Windows closes in its own way
                loop.add_signal_handler(getattr(signal, name), self._leave, KeyboardInterrupt())

    def _layout(self) -> Layout:
        body = Window(
            FormattedTextControl(self._fragments, focusable=True, show_cursor=False),
            always_hide_cursor=True,
        )
        line = Window(
            BufferControl(self.typed, input_processors=[BeforeInput(self._prompt)]), height=1
        )
        self._body, self._line = body, line
        typing = Condition(self._types)
        rows = HSplit([body, ConditionalContainer(line, typing)])
        return Layout(rows, focused_element=line if self._types() else body)

    def _fragments(self) -> StyleAndTextTuples:
        if self.desk.over:
            return []
        size = self.app.output.get_size()
        lines = screen(
            self.talk.asks,
            self.desk.sitting,
            self.desk.face,
            width=size.columns,
            height=size.rows - (1 if self._types() else 0),
        )
        parts: StyleAndTextTuples = []
        for line in lines:
            parts += [*line, ("", "\n")]
        return parts[:-1]

    def _prompt(self) -> str:
        return f" {prompt(self.talk, self.desk)}" if not self.desk.over else ""

    def _types(self) -> bool:
        return not self.desk.over and takes_a_line(self.talk, self.desk)

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        typing = Condition(self._types)
        keys.add(Keys.Any, filter=~typing)(lambda event: self._press(event.data))
        for name in ALIASES:
            keys.add(name, filter=~typing)(self._named(name))
        keys.add("enter", filter=typing)(lambda _: self._enter())
        keys.add("escape", eager=True)(lambda _: self._move(dropped))
        keys.add("c-c")(lambda _: self._leave(KeyboardInterrupt()))
        keys.add("c-d")(lambda _: self._press("q"))
        return keys

    def _named(self, name: str) -> Callable[[KeyPressEvent], None]:
        return lambda _: self._press(name)

    def _press(self, key: str) -> None:
        self._move(lambda desk: pressed(self.talk, desk, key))

    def _enter(self) -> None:
        line = self.typed.text
        self._move(lambda desk: entered(self.talk, desk, line))

    def _move(self, to: Callable[[Desk], Desk]) -> None:
        """Take the next desk; a bug on the way ends the interview instead of hanging in it."""
        before = self.desk
        try:
            self.desk = to(self.desk)
        except Exception as error:  # noqa: BLE001  handed on to whoever runs the interview
            self._leave(error)
            return
        if self.desk.act is None or self.desk.act is not before.act:
            self.typed.reset()
        if self.desk.over:
            self._leave()
        else:
            self.app.layout.focus(self._line if self._types() else self._body)

    def _leave(self, error: BaseException | None = None) -> None:
        if not self.app.is_done:
            self.app.exit(**({"exception": error} if error is not None else {}))
