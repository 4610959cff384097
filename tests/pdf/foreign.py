"""PDFs as others send them, made by hand: each hides something in its own way."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

SECRET = "Beth told her of her own drinking"
PLAIN = "Reviewed breathing plan"


def drawn(*lines: str, colour: str = "0 0 0 rg", at: int = 700) -> bytes:
    """Return a drawing that shows lines of text."""
    shown = "".join(f"1 0 0 1 72 {at - 20 * n} Tm ({line}) Tj " for n, line in enumerate(lines))
    return f"{colour} BT /F1 12 Tf {shown}ET\n".encode()


def made(drawing: bytes = b"", pages: int = 1, **page: Any) -> pikepdf.Pdf:
    """Return an open PDF of pages with the drawing on each."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding))
    for _ in range(pages):
        keys = {"MediaBox": Array([0, 0, 612, 792]), **page}
        body = Dictionary(Type=Name.Page, Resources=Dictionary(Font=Dictionary(F1=font)), Contents=pdf.make_stream(drawing), **keys)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(body)))
    return pdf


def written(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    """Return an open PDF's bytes."""
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def under_a_rectangle() -> bytes:
    return written(made(drawn(SECRET) + b"0 0 0 rg 60 690 400 30 re f\n" + drawn(PLAIN, at=600)))


def white_text() -> bytes:
    return written(made(drawn(PLAIN) + drawn(SECRET, colour="1 1 1 rg", at=500)))


def invisible_text() -> bytes:
    return written(made(drawn(PLAIN) + b"BT /F1 12 Tf 3 Tr 1 0 0 1 72 500 Tm (" + SECRET.encode() + b") Tj ET"))


def beyond_the_edge() -> bytes:
    return written(made(drawn(PLAIN) + drawn(SECRET, at=900)))


def hidden_layer() -> bytes:
    pdf = made(drawn(PLAIN) + b"/OC /Layer BDC " + drawn(SECRET, at=500) + b" EMC")
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("second draft")))
    pdf.pages[0].obj.Resources.Properties = Dictionary(Layer=layer)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([])))
    return written(pdf)


def attachment() -> bytes:
    pdf = made(drawn(PLAIN))
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, SECRET.encode(), filename="notes.txt")
    return written(pdf)


def metadata() -> bytes:
    pdf = made(drawn(PLAIN))
    pdf.docinfo["/Subject"] = String(SECRET)
    return written(pdf)


def xmp() -> bytes:
    pdf = made(drawn(PLAIN))
    with pdf.open_metadata() as kept:
        kept["dc:description"] = SECRET
    return written(pdf)


def form_field() -> bytes:
    pdf = made(drawn(PLAIN))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("remarks"),
            V=String(SECRET),
            Rect=Array([72, 400, 400, 420]),
            F=2,
            DA=String("/F1 12 Tf 0 g"),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    return written(pdf)


def comment() -> bytes:
    pdf = made(drawn(PLAIN))
    pdf.pages[0].obj.Annots = Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([72, 400, 90, 420]), Contents=String(SECRET)))]
    )
    return written(pdf)


def script() -> bytes:
    pdf = made(drawn(PLAIN))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))
    return written(pdf)


def earlier_revision() -> bytes:
    """Return a file whose second state points at another drawing; the first is still in it."""
    first = written(made(drawn(SECRET, PLAIN)), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
        root, size = pdf.trailer.Root.objgen[0], int(pdf.trailer.Size)
    drawing, start = drawn(PLAIN), len(first)
    body = f"{number} 0 obj\n<< /Length {len(drawing)} >>\nstream\n".encode() + drawing + b"\nendstream\nendobj\n"
    old = first[first.rfind(b"startxref") + 9 :].split()[0].decode()
    table = f"xref\n{number} 1\n{start:010d} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {old} >>\nstartxref\n{start + len(body)}\n%%EOF\n"
    return first + body + table.encode()


def loose_object() -> bytes:
    """Return a file with a packed stream that no table names."""
    import zlib

    whole = written(made(drawn(PLAIN)))
    packed = zlib.compress(drawn(SECRET))
    return whole + f"99 0 obj\n<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream\nendobj\n"


def spaced_out() -> bytes:
    letters = " ".join(f"({one}) -{120 + n}" for n, one in enumerate(SECRET))
    return written(made(f"BT /F1 12 Tf 72 700 Td [{letters}] TJ ET".encode()))


def hex_in_a_form() -> bytes:
    """Return a file with the words in hexadecimal in a drawing that no page uses."""
    pdf = made(drawn(PLAIN))
    form = pdf.make_stream(f"BT <{SECRET.encode().hex()}> Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    pdf.Root.PieceInfo = Dictionary(Old=form)
    return written(pdf)


def thumbnail_name() -> bytes:
    pdf = made(drawn(PLAIN))
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(SECRET))]))
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SECRET, 0))
    return written(pdf)


HIDING = {
    one.__name__: one
    for one in (
        under_a_rectangle,
        white_text,
        invisible_text,
        beyond_the_edge,
        hidden_layer,
        attachment,
        metadata,
        xmp,
        form_field,
        comment,
        script,
        earlier_revision,
        loose_object,
        spaced_out,
        hex_in_a_form,
        thumbnail_name,
    )
}
