"""What the doctor asks the database: cheap questions, each bounded."""
