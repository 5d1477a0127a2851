"""Block → compare → group, written once, on arrays: keys in, candidate pairs out, a judge's scores in, groups out."""

from copydesk.linking.candidates import Candidates, ScoredPairs, join_keys, judge_pairs, neighbours, row_blocks
from copydesk.linking.groups import Constraints, average_link, connect, members, number_groups

__all__ = [
    "Candidates",
    "Constraints",
    "ScoredPairs",
    "average_link",
    "connect",
    "join_keys",
    "judge_pairs",
    "members",
    "neighbours",
    "number_groups",
    "row_blocks",
]
