"""Letters (.eml, .msg): the plan among what is attached to one, or in its own words."""
