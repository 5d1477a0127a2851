"""What the evaluation of stories needs: B³, peers, the worst of what was made, and a picture of it."""
