"""Mock assessment: what is drawn, how it is scored, how the parts are put together."""
