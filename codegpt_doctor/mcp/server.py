"""The tools as a server of the Model Context Protocol, over standard input and output."""

from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from inspect import getdoc
from typing import Any

from codegpt_doctor._version import __version__
from codegpt_doctor.mcp.tools import RefusedError, Tools

INSTRUCTIONS = (
    "Finds out why an LLM provider does not answer. Give a pasted error to explain first: it is "
    "offline. check tests the user's own key and network, and names one root cause with its fix. "
    "No tool takes a key or an address; never ask the user for a key."
)


def is_installed() -> bool:
    """Whether the extra ``mcp`` is there."""
    return find_spec("mcp") is not None


def serve(tools: Tools) -> None:
    """Serve until standard input ends."""
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    server = MCPServer(
        "codegpt-doctor", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    for tool in (tools.check, tools.explain, tools.errors, tools.models):
        asks = tool in (tools.check, tools.models)
        hints = ToolAnnotations(read_only_hint=True, open_world_hint=asks)
        server.add_tool(_told(tool), description=getdoc(tool), annotations=hints)
    server.run("stdio")


def _told(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The tool, whose refusals the assistant gets to read."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def told(**given: Any) -> dict[str, Any]:
        try:
            return tool(**given)
        except RefusedError as error:
            raise ToolError(str(error)) from None

    return told
