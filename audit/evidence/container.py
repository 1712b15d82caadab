"""The zip file, written as it streams: nothing compressed, no times, so that every byte of it follows from the files.

What it is made of is verified to the byte. A zip file written freely can show one program other files than another.
"""

import struct
import zlib

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
VERSION, FLAGS, STORED, TIME, DATE = 20, 0, 0, 0, 33  # 1 January 1980, the earliest there is
MADE_BY_UNIX, FOR_ITS_OWNER = 788, 0x81800000  # an ordinary file, mode 600
MOST_BYTES, MOST_FILES = 2**32 - 1, 2**16 - 2


class TooLarge(RuntimeError):
    """More than a zip file of the plain kind can hold."""


class Container:
    """`file` gives the bytes that each file takes, `end` those after the last."""

    def __init__(self) -> None:
        self._directory = bytearray()
        self._at = self._count = 0

    def file(self, name: str, data: bytes | bytearray) -> bytes:
        encoded = name.encode("ascii")
        if self._at + len(data) + len(self._directory) > MOST_BYTES - 1024 or self._count == MOST_FILES:
            raise TooLarge("A bundle can hold 4 GB. Choose one organisation, or a shorter period.")
        fields = struct.pack(
            "<5H3L2H", VERSION, FLAGS, STORED, TIME, DATE, zlib.crc32(data), len(data), len(data), len(encoded), 0
        )
        self._directory += CENTRAL + struct.pack("<H", MADE_BY_UNIX) + fields
        self._directory += struct.pack("<3H2L", 0, 0, 0, FOR_ITS_OWNER, self._at) + encoded
        written = LOCAL + fields + encoded + data
        self._at, self._count = self._at + len(written), self._count + 1
        return written

    def end(self) -> bytes:
        last = struct.pack("<4H2LH", 0, 0, self._count, self._count, len(self._directory), self._at, 0)
        return bytes(self._directory) + END + last
