"""The copydesk command: its verbs, and how an error ends."""

from __future__ import annotations

import importlib
import sys

import click

from copydesk.errors import CopydeskError

EXIT_ALL_READ = 0
EXIT_UNUSABLE = 2
EXIT_SOME_SKIPPED = 3

# What each verb gives, said here: its own module would bring the language models along.
VERBS = {
    "add": ("copydesk.cli.add", "Put articles on a desk."),
    "brief": ("copydesk.cli.brief", "Compile a dossier from articles."),
    "check": ("copydesk.cli.check", "Look through a desk for damage."),
    "clean": ("copydesk.cli.clean", "Print a page's article and what each dropped block was."),
    "corpus": ("copydesk.cli.corpus", "Make tables of years of articles."),
    "correct": ("copydesk.cli.correct", "Say what you know better of a desk's stories, names and links."),
    "diff": ("copydesk.cli.diff", "Show what changed in an article from one text to the next."),
    "export": ("copydesk.cli.export", "Write a whole desk to one file."),
    "feeds": ("copydesk.cli.feeds", "List, import, add and drop a desk's feeds."),
    "fetch": ("copydesk.cli.fetch", "Ask a desk's feeds for news."),
    "forget": ("copydesk.cli.forget", "Take articles off a desk."),
    "import": ("copydesk.cli.import_", "Make a desk of an exported file."),
    "new": ("copydesk.cli.new", "Make a desk: a pile that grows."),
    "search": ("copydesk.cli.search", "Find articles on a desk."),
    "serve": ("copydesk.web.command", "Open a desk in the browser."),
    "show": ("copydesk.cli.show", "Print a written brief in the terminal."),
    "status": ("copydesk.cli.status", "Say how a desk stands."),
    "stories": ("copydesk.cli.stories", "List a desk's stories."),
    "story": ("copydesk.cli.story", "Write the dossier of one story of a desk."),
    "trace": ("copydesk.cli.trace", "Show two articles side by side with what they share."),
    "update": ("copydesk.cli.update", "Bring a desk's stories to what is on it."),
    "why": ("copydesk.cli.why", "Print the reasons and words behind anything in a brief."),
}


class LazyGroup(click.Group):
    """A group that imports a verb when it is called: help must not wait for the language models."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(VERBS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(verb, gives) for verb, (_, gives) in sorted(VERBS.items())])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: copydesk brief saved-pages/ -o dossier && open dossier/brief.html",
)
@click.version_option(package_name="copydesk")
def group() -> None:
    """What happened, who says so, and how many of them really know.

    copydesk reads a pile of news articles, strips each to its text, finds what was copied from what, names the
    independent voices, and compiles a dossier in which every line links to the words it rests on. It reports how
    far reporting is corroborated, never what is true.

    Exit codes: 0 all read, 3 some inputs skipped, 2 nothing usable or a bad call.
    """


def main() -> None:
    """Runs the command; an error of copydesk's own tree ends with its message and exit code 2."""
    try:
        code = group(standalone_mode=False)  # click hands back the code of an Exit instead of raising it
    except CopydeskError as error:
        click.secho(f"copydesk: {error}", fg="red", err=True)
        sys.exit(EXIT_UNUSABLE)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("copydesk: stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_ALL_READ)
    sys.exit(code if isinstance(code, int) else EXIT_ALL_READ)
