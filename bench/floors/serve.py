"""A bare app behind the product's own server: python -m bench.floors.serve PORT bytes|read FILE…"""

import sys
from pathlib import Path

import uvloop

from bashi.entry.server import http_server
from bench.floors.apps import same_bytes, same_read
from bench.load import HOST


def main() -> None:
    port, kind, answer, *database = sys.argv[1:]
    app = same_bytes(Path(answer)) if kind == "bytes" else same_read(Path(answer), Path(*database))

    async def serve() -> None:
        await http_server(app, HOST, int(port)).serve()

    uvloop.run(serve())


if __name__ == "__main__":
    main()
