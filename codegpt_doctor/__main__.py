"""``python -m codegpt_doctor`` is the command ``codegpt-doctor``."""

from codegpt_doctor.cli import main

if __name__ == "__main__":
    main()
