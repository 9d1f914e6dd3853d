"""What the bank says: lines staged and published, explained and booked, taken back."""
