"""Case records: one row a rating or a ticket, millions of them, counted into one row a unit by DuckDB.

The way of the data: `definition` says what to count, `language` and `checks` understand it, `files` finds the exports,
`database` and `loading` bring them into a locked-down DuckDB, `faults` holds them against the definition, `counting`
makes the table, `listing` names the cases behind a figure. The public face is `reader`.
"""
