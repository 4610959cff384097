"""Documents as they come in: kept in memory while they are read, never on the disk unsealed, and no larger than a chart takes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers

MOST = 10 << 20


class InMemory(FileUploadHandler):
    """Keeps a file of at most 10 MB in memory. A larger one is passed over, and the form's other fields are read all the same."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.held = BytesIO()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece of the file, or pass the file over."""
        if start + len(raw_data) > MOST:
            self.held = BytesIO()
            if self.request is not None:
                self.request.META["privity.too_large"] = True
            raise SkipFile
        self.held.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file."""
        self.held.seek(0)
        return InMemoryUploadedFile(self.held, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset, self.content_type_extra)
