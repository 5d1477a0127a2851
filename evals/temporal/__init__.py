"""What evaluating times needs beside the scores: other people's taggers, errors by type, a table of what was grounded."""
