"""What a trainee sees beside the practice itself: what is due, how they come along, exams."""
