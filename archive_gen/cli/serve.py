"""``archive serve``."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING

import click

from archive_gen.cli.rebuilding import build, kept_built
from archive_gen.cli.shell import Number, site_option, tell
from archive_gen.config import load_config
from archive_gen.garbage import few_collections
from archive_gen.problems import Problem, UsageError
from archive_gen.serving.server import SiteServer, is_loopback

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.config import SiteConfig
    from archive_gen.serving.watch import Watch

_DEFAULT_PORT = 8000
_TRIED_PORTS = 20


@click.command(epilog="Example: archive serve --open")
@site_option
@click.option(
    "--port",
    type=Number(0, 65535),
    help="The port; 0 for any that is free.  [default: 8000, or the next that is free]",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address of this machine to use."
)
@click.option("--open", "show", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--watch",
    "watched",
    is_flag=True,
    help="Build first, and again when articles, templates or settings change.",
)
def command(site: Path, port: int | None, host: str, *, show: bool, watched: bool) -> None:
    """Show the built site in a browser, with search. Ctrl-C ends it.

    The search page answers from the index, and /api/search?q= gives the same as JSON. With --watch
    pages in a browser show each new build by themselves.

    Exit status: 0 ended; 2 the site is not built, or the port is taken.
    """
    site = site.absolute()
    config = load_config(site)
    try:
        with contextlib.ExitStack() as stack:
            watch = stack.enter_context(contextlib.closing(_watch(site))) if watched else None
            server = stack.enter_context(_server(site, config, host, port))
            if watch:
                build(site)
            _demand_built(site, config)
            if watch:
                server.answers.renew()
                stack.enter_context(kept_built(server.answers, watch))
            if not is_loopback(host):
                message = f"everybody who reaches {host} can read this archive"
                hint = f"other devices find it at {server.network_url}"
                tell([Problem("--host", 0, message, hint)])
            click.echo(f"The archive is at {server.url} (Ctrl-C ends)")
            if show:
                click.launch(server.url)
            with few_collections():
                server.serve_forever()
    except KeyboardInterrupt:
        click.echo()


def _demand_built(site: Path, config: SiteConfig) -> None:
    if not (site / config.output / "index.html").is_file():
        hint = "run 'archive build' first"
        raise UsageError(Problem(config.output, 0, "the site is not built yet", hint))


def _watch(site: Path) -> Watch:
    from archive_gen.serving.watch import Watch  # here: who does not watch needs no library for it

    try:
        return Watch(site)
    except OSError as error:
        hint = "serve without --watch"
        problem = Problem("--watch", 0, f"can't be done: {error.strerror or error}", hint)
        raise UsageError(problem) from None


def _server(site: Path, config: SiteConfig, host: str, port: int | None) -> SiteServer:
    ports = range(_DEFAULT_PORT, _DEFAULT_PORT + _TRIED_PORTS) if port is None else [port]
    for candidate in ports:
        try:
            return SiteServer(site, config, host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                what = f"can't listen on {host}:{candidate}: {error.strerror or error}"
                raise UsageError(
                    Problem("--host", 0, what, "use an address of this machine")
                ) from None
    tried = f"port {ports[0]} is" if len(ports) == 1 else f"ports {ports[0]} to {ports[-1]} are"
    raise UsageError(Problem("--port", 0, f"{tried} in use", "name a free one with --port"))
