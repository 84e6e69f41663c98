"""Names of other services, and of programs that talk to many, of which an LLM may be one."""

import re

from codegpt_doctor.classify.rule import Rule, Table

_ANY_CASE = re.IGNORECASE | re.MULTILINE | re.ASCII

# names of other services, at the start of a word that is no part of a path or an address
SERVICES = Table(
    before=r"(?:(?<![\w/@-])|(?<=//))",
    flags=_ANY_CASE,
    rules=(
        Rule(
            r"amazon(?!.?bedrock|aws\.com|(?:aws|\.awssdk)\.services\.bedrock|\.(?:nova|titan))|dynamodb"
            r"|(?:s3|sqs|sns|ec2|ecr|iam|sts|kms|lambda|logs|secretsmanager)[\w.-]{0,60}\.amazonaws"
            r"|x-amzn(?!-errortype: (?:Validation|AccessDenied|Throttling))",
            "Amazon's services but the one that has LLMs",
            "AmazonS3Exception: The token has expired.",
            "Amazon Bedrock: Too many requests",
        ),
        Rule(
            r"stripe|paypal|shopify|salesforce|zendesk|hubspot|mailchimp|braintree|quickbooks",
            "payments, shops and their customers",
            "StripeAuthenticationError: 401",
            "src/stripe.ts",
        ),
        Rule(
            r"twilio|sendgrid|mailgun|slack|discord(?!\.gg/|\.com/invite)|telegram|twitter"
            r"|tweepy|twython|mqtt"
            r"|(?:javax|jakarta|sun)\.mail\."
            r"|whatsapp|pushover|onesignal",
            "messages and mail",
            "discord.errors.HTTPException: 429",
        ),
        Rule(
            r"spotify|spotipy|openweathermap|firebase|supabase|googleapi: |GitHub Support"
            r"|sheets\.google"
            r"|microsoft\.graph|graph\.microsoft"
            r"|\"innerError\"\s{0,4}:\s{0,4}\{\s{0,9}\"(?:date|request-id)|atlassian|\bjira\b"
            r"|confluence"
            r"|youtube|yt-dlp|\"documentation_url\"|github-script|RequestError \[HttpError\]"
            r"|rate limit exceeded for installation"
            r"|reddit|twitch|jellyfin|plex|octokit|(?:son|rad|lid|prowl)arr\b|(?:over|jelly)seerr"
            r"|flexlm|licen[cs]e server",
            "other public APIs; the last one is in the errors of Microsoft Graph",
            "googleapi: Error 403: Quota exceeded",
        ),
        Rule(
            r"notion(?: api|: )|\"object\"\s{0,4}:\s{0,4}\"error\",\s{0,40}\"status\"|algolia"
            r"|airtable|figma"
            r"|kaggle|google (?:maps|search|drive|calendar|sheets|photos|cloud storage)"
            r"|maps platform|googlemaps|mapbox|cloudinary|coinmarketcap|binance"
            r"|coinbase"
            r"|gitlab|bitbucket|heroku|netlify|synology|proxmox|\bpve\b|truenas"
            r"|citrix|sap gui|power (?:automate|apps|bi\b)|sharepoint|trello"
            r"|asana|dropbox|zoom\.us|strava"
            r"|fitbit|steam(?: client|:)|minecraft|roblox"
            r"|xbox|playstation|outlook(?:\.com|\.office|:)|thunderbird|windows (?:defender"
            r"|update)|print server|ads api|analytics api",
            "more public APIs; a body that Notion alone has; games and mail",
            '{"object": "error", "status": 401}',
            '{"object": "error", "message": "no such model"}',
        ),
        Rule(
            r"terraform|azurerm_|hashicorp|main\.tf|kubelet|kubernetes|(?:readiness|liveness"
            r"|startup) probe|HTTP probe failed|circuit_breaking|http\.log\."
            r"|toomanyrequests: "
            r"|\"kind\"\s{0,3}:\s{0,3}\"Status\"|<Error><Code>|traefik|vault\.|consul\.|jenkins"
            r"|artifactory|renovate\b|dependabot",
            "infrastructure: Terraform, Kubernetes, Elasticsearch, Caddy",
            "kubelet: Failed to pull image",
        ),
        Rule(
            r"selenium|puppeteer|playwright|webdriver|cypress\b|appium|adb: |vnc(?:viewer)?: "
            r"|minikube|certbot|rclone|restic|ffmpeg|aria2",
            "what drives browsers and devices, and other tools of the command line",
            "selenium.common.exceptions.WebDriverException: net::ERR_CONNECTION_REFUSED",
            "tests/selenium.py",
        ),
        Rule(
            r"com\.mysql|com\.mongodb|hikaripool|sqlexception|sqlclient|jdbc",
            "databases of Java and .NET",
            "com.mysql.cj.jdbc.exceptions.CommunicationsException",
        ),
    ),
)

# programs that talk to many services, of which an LLM may be one
APPS = Table(
    before=r"(?:(?<![\w/@-])|(?<=//))",
    flags=_ANY_CASE,
    rules=(
        Rule(
            r"home ?assistant|\(mainthread\) \[|nextcloud(?!/)",
            "a home or a cloud of one's own, and the log of the former",
            "ERROR (MainThread) [homeassistant.components.mqtt] 401",
        ),
        Rule(
            r"grafana|sentry|zabbix|prometheus|datadog|new ?relic|nagios|splunk|kibana|loki\b",
            "what watches over servers",
            'grafana: status=401 error="invalid API key"',
            "src/grafana.ts",
        ),
        Rule(
            r"zapier|ifttt|wordpress|wp-cron|woocommerce|google play|app ?store\b|magento|drupal"
            r"|moodle|joomla|phpmyadmin",
            "what joins services, and sites",
            "WordPress: cURL error 28: Operation timed out",
        ),
    ),
)
