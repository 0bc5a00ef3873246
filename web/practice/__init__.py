"""What a trainee sees: the shelf of customers, the workbench, the scorecard."""
