"""OpenAI's SDK, in a program that does not catch what it raises."""

import sys
import traceback

import openai

for url in sys.argv[1:]:
    client = openai.OpenAI(base_url=url, api_key="sk-x", max_retries=0, timeout=3)
    try:
        client.chat.completions.create(model="gpt-9", messages=[{"role": "user", "content": "hi"}])
    except Exception:  # noqa: BLE001 - any
        traceback.print_exc(file=sys.stdout)
    print("\x1e", flush=True)
