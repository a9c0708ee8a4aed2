"""Quality on labelled data: which sets, what the scoring toolkit says of them, intervals, floors, reliability."""
