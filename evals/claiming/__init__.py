"""What the stage `claims` needs: pairs of texts through aligning, similarities of peers, weights fitted in folds."""
