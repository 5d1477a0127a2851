"""A pile of articles, or a project folder, opened, run and asked: all that the terminal and the browser need.

A pile, once:   order → make_brief → write_brief; open_brief; read_articles; trace_articles
A desk, for months (`with open_desk(folder) as desk:`; safe to read from many threads and beside a writer):
    create_desk(folder), find_desk(start), open_desk(folder | None, progress=…, now=…)
    add(desk, inputs, about=…, stdin=…, told=…) → Added         files, folders, containers → captures → articles, revisions
    add_pages(desk, urls, told=…) → Added                       the same for addresses
    import_feeds, export_feeds, add_feeds, drop_feed, list_feeds; fetch(desk, told=…) → Fetched
    update(desk) → Updated                                      the stories over all that is there
    list_stories(desk) → StoryRow…; find_story; open_dossier(desk, id) → Dossier; brief_of; write_story(desk, id, folder)
    find_article(desk, id | beginning | address | path) → Article; diff_article(desk, article) → Diff…; list_skipped(desk)
    search(desk, "words who:… before:…", limit=…) → Hit…; search_like(desk, passage) → Hit…; parse_query
    merge, split, say_same, say_not_same, undo, read_log        hold from the next update on
    look(desk) → Status; desk.store.events(after=n) → Event…    what a running add or update brings in
    forget(desk, articles), check_desk(desk), export_desk(desk, file), import_desk(file, folder)
The nouns stand in `model.desks`, `model.dossiers` and `model.fetching`. What goes wrong is one of `copydesk.errors`.
"""

from copydesk.desk.adding import Added, add, join_added, tell_nobody
from copydesk.desk.briefs import (
    EPOCH_VARIABLE,
    BriefFiles,
    Order,
    find_options,
    find_options_here,
    make_brief,
    open_brief,
    order,
    read_articles,
    trace_articles,
    utc_now,
    with_stdin,
    write_brief,
)
from copydesk.desk.correcting import merge, read_log, say_not_same, say_same, split, undo
from copydesk.desk.fetching import (
    Fetched,
    add_feeds,
    add_pages,
    drop_feed,
    export_feeds,
    fetch,
    import_feeds,
    list_feeds,
)
from copydesk.desk.keeping import check_desk, export_desk, forget, import_desk
from copydesk.desk.looking import (
    Status,
    brief_of,
    diff_article,
    find_article,
    find_story,
    list_skipped,
    list_stories,
    look,
    open_dossier,
    write_story,
)
from copydesk.desk.project import STORE_NAME, Desk, create_desk, find_desk, open_desk
from copydesk.desk.revisions import Diff, find_changes
from copydesk.desk.searching import parse_query, search, search_like
from copydesk.desk.updating import Updated, update
from copydesk.model.desks import Settled

__all__ = [
    "EPOCH_VARIABLE", "STORE_NAME", "Added", "BriefFiles", "Desk", "Diff", "Fetched", "Order", "Settled", "Status", "Updated",
    "add", "add_feeds", "add_pages", "brief_of", "check_desk", "create_desk", "diff_article", "drop_feed", "export_desk",
    "export_feeds", "fetch", "find_article", "find_changes", "find_desk", "find_options", "find_options_here", "find_story",
    "forget", "import_desk", "import_feeds", "join_added", "list_feeds", "list_skipped", "list_stories", "look", "make_brief", "merge",
    "open_brief", "open_desk", "open_dossier", "order", "parse_query", "read_articles", "read_log", "say_not_same",
    "say_same", "search", "search_like", "split", "tell_nobody", "trace_articles", "undo", "update", "utc_now", "with_stdin",
    "write_brief", "write_story",
]  # fmt: skip
