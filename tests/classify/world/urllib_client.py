"""The HTTP client of Python itself."""

import sys
import urllib.error
import urllib.request

for url in sys.argv[1:]:
    request = urllib.request.Request(f"{url}/chat/completions", b'{"model": "gpt-9"}')
    try:
        print(urllib.request.urlopen(request, timeout=3).read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        print("Error from chat/completions:", error, error.read().decode("utf-8", "replace"))
    except Exception as error:  # noqa: BLE001 - any
        print("Error from chat/completions:", repr(error))
    print("\x1e", flush=True)
