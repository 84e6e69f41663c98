for url; do
  curl -sS --fail-with-body -m 3 -d '{"model": "gpt-9"}' "$url/chat/completions" 2>&1 || echo "POST $url/chat/completions"
  printf '\036\n'
done
