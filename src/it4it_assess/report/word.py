"""A Word document to write into: styles, headings, lists, tables and pictures.

Built on the template that python-docx brings, with its styles set here; so the document is
made of Word's own headings, lists and tables, and is edited like any other.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from it4it_assess.report.xml_text import xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

INK = RGBColor(0x1F, 0x3A, 0x5F)
FONT = "Calibri"
PAGE = (21.0, 29.7)
MARGIN = 2.0
ROOM = PAGE[0] - 2 * MARGIN
"""Centimetres between the margins."""
HEADINGS = {"Title": 26, "Heading 1": 17, "Heading 2": 13.5, "Heading 3": 11.5}
TABLE_STYLE = "Assessment table"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time stamp of every part: the earliest a ZIP file knows."""

_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="AssessmentTable">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>
  <w:pPr><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="6" w:space="0" w:color="1F3A5F"/>
    <w:bottom w:val="single" w:sz="6" w:space="0" w:color="1F3A5F"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D1DB"/>
  </w:tblBorders><w:tblCellMar>
    <w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="1F3A5F"/></w:tcPr></w:tblStylePr>
</w:style>"""


class Picture(NamedTuple):
    """A picture in a table's cell, with the words for those who do not see it."""

    png: bytes
    says: str
    width: float


class Column(NamedTuple):
    """A column of a table: its heading, its share of the width, and whether it holds figures."""

    title: str
    share: float
    figures: bool = False


class Word:
    """A document that grows from top to bottom."""

    def __init__(self, title: str, date: dt.date, language: str, maker: str) -> None:
        self._document = Document()
        _drop_thumbnail(self._document)
        self._tables = 0
        self._pictures = 0
        _set_up(self._document, title, language)
        about = self._document.core_properties
        about.title, about.author, about.last_modified_by = xml_text(title)[:255], maker, maker
        about.comments, about.language, about.revision = "", language[:255], 1
        about.created = about.modified = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC)

    def say(self, text: str, style: str = "Normal", *, lead: str = "") -> None:
        """Add a paragraph; `lead` stands before the text in bold."""
        paragraph = self._document.add_paragraph(style=style)
        if lead:
            paragraph.add_run(f"{xml_text(lead)} ").bold = True
        paragraph.add_run(xml_text(text))

    def heading(self, text: str, level: int) -> None:
        """Add a heading; level 0 is the document's title."""
        self._document.add_heading(xml_text(text), level)

    def bullets(self, lines: Sequence[str | tuple[str, str]]) -> None:
        """Add a list; of a pair, the first stands in bold."""
        for line in lines:
            lead, text = line if isinstance(line, tuple) else ("", line)
            self.say(text, "List Bullet", lead=lead)

    def legend(self, entries: Sequence[tuple[bytes, str]]) -> None:
        """Add a line of colours, each with the word for it."""
        paragraph = self._document.add_paragraph(style="Caption")
        for png, word in entries:
            self._draw(paragraph, Picture(png, word, 0.3))
            paragraph.add_run(f" {xml_text(word)}   ")

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str | Picture]],
        caption: str,
    ) -> None:
        """Add a table with a caption above it; its heading comes again on each page."""
        self._tables += 1
        title = self._document.add_paragraph(style="Caption")
        title.add_run("Table ")
        _add_field(title, "SEQ Table \\* ARABIC", str(self._tables))
        title.add_run(f". {xml_text(caption)}")
        title.paragraph_format.keep_with_next = True
        table = self._document.add_table(1 + len(rows), len(columns), TABLE_STYLE)
        _describe(table, caption)
        whole = sum(column.share for column in columns)
        grid = list(table.columns)
        for place, column in enumerate(columns):
            grid[place].width = Cm(ROOM * column.share / whole)
        for line, row in zip(table.rows, [[one.title for one in columns], *rows], strict=True):
            _keep_whole(line)
            for cell, what, column in zip(line.cells, row, columns, strict=True):
                cell.width = Cm(ROOM * column.share / whole)
                self._fill(cell, what, figures=column.figures)
        _repeat(table.rows[0])
        self._document.add_paragraph(style="After table")

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Add a table of names and what they say, without a heading."""
        table = self._document.add_table(len(rows), 2, TABLE_STYLE)
        table.autofit = False
        look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001
        look.set(qn("w:firstRow"), "0")
        look.set(qn("w:val"), "0480")
        widths = (0.2 * ROOM, 0.8 * ROOM)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for line, (name, text) in zip(table.rows, rows, strict=True):
            for cell, width in zip(line.cells, widths, strict=True):
                cell.width = Cm(width)
            self._fill(line.cells[0], name, figures=False)
            line.cells[0].paragraphs[0].runs[0].bold = True
            self._fill(line.cells[1], text, figures=False)
        self._document.add_paragraph(style="After table")

    def saved(self) -> bytes:
        """Return the document as a file: the same words, the same bytes."""
        data = io.BytesIO()
        self._document.save(data)
        return _timeless(data.getvalue())

    def _fill(self, cell: _Cell, what: str | Picture, *, figures: bool) -> None:
        paragraph = cell.paragraphs[0]
        if isinstance(what, Picture):
            self._draw(paragraph, what)
            return
        paragraph.add_run(xml_text(what))
        if figures:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _draw(self, paragraph: Paragraph, picture: Picture) -> None:
        self._pictures += 1
        shape = paragraph.add_run().add_picture(io.BytesIO(picture.png), width=Cm(picture.width))
        name = shape._inline.docPr  # noqa: SLF001  python-docx has no words for these
        name.set("id", str(self._pictures))
        name.set("name", f"Picture {self._pictures}")
        name.set("descr", xml_text(picture.says))


def _drop_thumbnail(document: Any) -> None:
    """Leave out the picture of an empty page that the template brings."""
    links = document.part.package.rels
    for name in [name for name, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[name]


def _set_up(document: Any, title: str, language: str) -> None:
    """Set paper, fonts, styles, language, header and footer."""
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(one) for one in PAGE)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(5)
    for name, size in HEADINGS.items():
        _set_heading(styles[name], size)
    styles["Caption"].font.color.rgb = RGBColor(0x44, 0x4F, 0x5C)
    styles["Caption"].font.size = Pt(9)
    styles["Caption"].paragraph_format.space_after = Pt(3)
    small = styles.add_style("Small", 1)
    small.base_style, small.font.size = normal, Pt(9)
    after = styles.add_style("After table", 1)
    after.base_style, after.font.size = normal, Pt(4)
    after.paragraph_format.space_after = Pt(2)
    _set_callout(styles.add_style("Callout", 1), normal)
    styles.element.append(parse_xml(_TABLE_STYLE))
    for node in styles.element.iter(qn("w:lang")):
        node.set(qn("w:val"), language)
    section.header.paragraphs[0].text = xml_text(title)
    section.header.paragraphs[0].style = small
    footer = section.footer.paragraphs[0]
    footer.style, footer.alignment = small, WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run("Page ")
    _add_field(footer, "PAGE", "1")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES", "1")


def _set_heading(style: Any, size: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.keep_with_next = True


def _set_callout(style: Any, base: Any) -> None:
    style.base_style, style.font.size = base, Pt(12)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(8)
    shading = _element("w:shd", val="clear", color="auto", fill="E8EEF6")
    edge = _element("w:left", val="single", sz="24", space="6", color="1F3A5F")
    borders = OxmlElement("w:pBdr")
    borders.append(edge)
    properties = style.element.get_or_add_pPr()
    properties.insert(0, shading)
    properties.insert(0, borders)


def _element(name: str, **attributes: str) -> Any:
    node = OxmlElement(name)
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), value)
    return node


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field, such as a page's number, with what it shows until Word counts anew."""
    field = _element("w:fldSimple", instr=instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def _describe(table: Table, caption: str) -> None:
    table.autofit = False
    table._tbl.tblPr.append(_element("w:tblCaption", val=xml_text(caption)))  # noqa: SLF001


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001


def _keep_whole(row: Any) -> None:
    """Keep a row on one page, so that figures stay beside their name."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001


def _timeless(data: bytes) -> bytes:
    """Return a ZIP file with its parts as they are and the clock's time taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
