"""Block → compare → group, written once, on arrays: keys in, candidate pairs out, a judge's scores in, groups out."""

from copydesk.linking.candidates import (
    Candidates,
    Postings,
    ScoredPairs,
    join_keys,
    join_postings,
    judge_pairs,
    neighbours,
    post,
    row_blocks,
)
from copydesk.linking.groups import Constraints, average_link, connect, members, number_groups

__all__ = [
    "Candidates",
    "Constraints",
    "Postings",
    "ScoredPairs",
    "average_link",
    "connect",
    "join_keys",
    "join_postings",
    "judge_pairs",
    "members",
    "neighbours",
    "number_groups",
    "post",
    "row_blocks",
]
