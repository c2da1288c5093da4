"""Plans and executes a batch: one bad county never stops the others, and nothing unchanged is made again."""
