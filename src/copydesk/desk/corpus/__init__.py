"""Years of articles: shards on any path → Parquet tables, resumable, on one machine or on many.

order_corpus(inputs, out, tables, options) → make_corpus → Corpus; the tables stand in `schemas.TABLES`.
"""

from copydesk.desk.corpus.run import MANIFEST, Corpus, CorpusOrder, TableSize, make_corpus, order_corpus
from copydesk.desk.corpus.schemas import TABLES, choose_tables

__all__ = ["MANIFEST", "TABLES", "Corpus", "CorpusOrder", "TableSize", "choose_tables", "make_corpus", "order_corpus"]
