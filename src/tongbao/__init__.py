"""通报: from monthly spreadsheets to explained scores and official notices in Word and PDF."""
