"""`python -m briefs`: the command line."""

from briefs.cli import main

if __name__ == "__main__":
    main(prog_name="briefs")
