"""The 办文登记簿: what was scored, decided, numbered and issued, by whom and when, kept in a database."""
