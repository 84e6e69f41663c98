"""What PyInstaller makes a program of."""

from codegpt_doctor.__main__ import main

main()
