"""What all office files (.docx, .xlsx) have in common, whoever writes them."""
