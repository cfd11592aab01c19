"""One effect each: open a session, ask the model, call a rule, write or send.

Plain functions: a command calls them as they are, a flow wraps them in `flows.running.step.step`, which makes
them Prefect tasks. So `shifan status` or a patrol from cron need not load Prefect.
"""
