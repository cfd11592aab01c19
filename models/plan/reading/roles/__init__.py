"""Who does it: names of bodies, and the roles that a text or a table gives them."""
