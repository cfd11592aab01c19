"""Run the server with its door: `python -m deployments.door HOST PORT`, in the foreground."""

import sys

from deployments.door.app import create_app
from deployments.door.prefects import STARTUP_FAILED, serve_app

if __name__ == "__main__" and not serve_app(create_app(), sys.argv[1], int(sys.argv[2])):
    sys.exit(STARTUP_FAILED)
