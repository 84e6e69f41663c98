"""Requests, in a program that prints what it is answered."""

import sys

import requests

for url in sys.argv[1:]:
    body = {"model": "gpt-9"}
    try:
        response = requests.post(f"{url}/chat/completions", json=body, timeout=3)
        print(f"OpenAI API error {response.status_code}: {response.text}")
    except requests.RequestException as error:
        print(f"{type(error).__module__}.{type(error).__name__}: {error}")
    print("\x1e", flush=True)
