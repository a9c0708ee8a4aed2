"""From a Reading to quotations and claims."""
