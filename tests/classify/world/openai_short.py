"""OpenAI's SDK, in a program that tells what it raises in one line."""

import sys

import openai

for url in sys.argv[1:]:
    client = openai.OpenAI(base_url=url, api_key="sk-x", max_retries=0, timeout=3)
    try:
        client.responses.create(model="gpt-9", input="hi")
    except Exception as error:  # noqa: BLE001 - any
        cause = f" ({error.__cause__})" if error.__cause__ else ""
        print(f"OpenAI: {type(error).__name__}: {error}{cause}")
    print("\x1e", flush=True)
