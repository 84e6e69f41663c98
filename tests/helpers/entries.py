"""Pages of errors that nobody documents, for what reads them."""

from pathlib import Path

NEUTRAL = """\
+++
id = "no_credit"
title = "No API credit left"
summary = "The key works, but what it is charged to has no credit left. Retrying will not help."
family = "quota"
stage = "billing"
retry = "no"
who = "account owner"
since = "0.1.0"
words = ["no credits", "top up", "out of money"]
beats = ["other_error"]

[[signatures]]
phrase = "Your  credit is *used up"

[[signatures]]
status = 402
+++

## What it means

The key is fine.

## Causes

- Nothing was bought from {{provider}}.

## Fix

1. Add credit on the [billing page]({{billing_page}}).

   Look at [the manual](https://example.org/manual) first.

   ```sh
   {{command}} --watch
   ```

## Verify the fix

`{{command}}` passes.

## Similar errors

- `other_error`: it passes by itself.

## Sources

- [HTTP status codes](https://example.org/status)
"""

VARIANT = """\
+++
statuses = [402, 429]
types = ["billing"]
codes = ["credit_gone"]
verified_on = 2026-11-28
retry = "later"

[[signatures]]
code = "credit_gone"

[simulate]
on = "inference"

[example]
status = 402
body = '{"error": {"message": "Your credit is all used up", "code": "credit_gone"}}'
+++

## What you see

A 402.

## Causes

- Acme took the credit back.

## Sources

- [Errors, Acme](https://docs.acme.example/errors)
- [HTTP status codes](https://example.org/status)
"""

OWN = """\
+++
id = "acme_region_closed"
title = "This region is closed"
summary = "Acme closed the region of the account. Retrying will not help; another region will."
family = "auth"
stage = "auth"
retry = "no"
who = "you"
since = "0.2.0"
words = ["region closed", "wrong region", "not in my country"]
statuses = [403]
codes = ["region_closed"]
verified_on = 2026-11-28
signatures = [{ code = "region_closed" }]

[example]
text = "403 from {{host}}: region_closed"
+++

## What you see

A 403.

## What it means

The region is closed.

## Causes

- Acme closed it.

## Fix

1. Choose another region.

## Verify the fix

It works.

## Similar errors

- `no_credit`: that is about money.

## Sources

- [Regions, Acme](https://docs.acme.example/regions)
"""

PROVIDER = """\
name = "Acme"
base_url = "https://api.acme.example/v1"
hosts = ["api.acme.example"]

[pages]
billing = "https://acme.example/billing"
"""

WHOLE = (
    NEUTRAL.replace('id = "no_credit"', 'id = "other_error"')
    .replace("beats", 'verified_on = 2026-11-28\nexample = { text = "timed out" }\nbeats')
    .replace('beats = ["other_error"]', "")
    .replace('family = "quota"', 'family = "network"')
    .replace("`other_error`", "`no_credit`")
    .replace("Your  credit is *used up", "timed out")
    .replace("status = 402", "name = 'ETIMEDOUT'")
    .replace("## What it means", "## What you see\n\nIt takes long.\n\n## What it means")
)


def write(root: Path) -> Path:
    """A package with one entry, one that one provider alone has, and one that needs no provider.

    Gives its folder, which is ``root``.
    """
    pages = {
        "catalogue/entries/quota/no_credit.md": NEUTRAL,
        "catalogue/entries/network/other_error.md": WHOLE,
        "providers/acme/provider.toml": PROVIDER,
        "providers/acme/errors/no_credit.md": VARIANT,
        "providers/acme/errors/acme_region_closed.md": OWN,
        "providers/openai/provider.toml": 'name = "OpenAI"\nhosts = ["api.openai.com"]\n',
        "providers/openai/errors/no_credit.md": VARIANT.replace("Acme", "OpenAI").replace(
            "credit_gone", "insufficient_money"
        ),
    }
    for path, text in pages.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root
