"""The rules of findings: their life, their days, where they come from, what nobody may keep of a complainant."""
