"""`python -m copyassist` is the same as `copyassist`."""

from copyassist.cli import main

if __name__ == "__main__":
    main()
